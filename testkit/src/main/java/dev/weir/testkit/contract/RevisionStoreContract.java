package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.MemberChange;
import dev.weir.model.MemberId;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.ServerState;
import dev.weir.spi.RevisionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every store of revisions promises. */
public abstract class RevisionStoreContract extends StoreContract {

  private static final ProxyName EDGE = new ProxyName("edge");
  private static final ProxyName INNER = new ProxyName("inner");

  private RevisionStore revisions() {
    return stores().revisions();
  }

  private static Revision revision(long number, ProxyName proxy, String text) {
    MemberId id = StoredSamples.id(1);
    Endpoint endpoint = (Endpoint) Address.parse("10.0.0.1:80");
    DesiredMember member =
        new DesiredMember(
            id,
            "web1",
            endpoint,
            ServerState.DRAIN,
            7,
            true,
            new TreeMap<>(Map.of("host", StoredSamples.ODD_TEXT)),
            new Because(Because.Cause.OPERATOR_DRAIN, StoredSamples.ODD_TEXT));
    return new Revision(
        number,
        proxy,
        StoredSamples.NOON.plusSeconds(number),
        DesiredState.of(
            number,
            List.of(
                DesiredPool.of(
                    id.pool(), List.of(member), List.of(), new EmptyPolicy.Fallback(endpoint)),
                DesiredPool.of(
                    new PoolId("zero"), List.of(), List.of(), new EmptyPolicy.Status(503)))),
        Outcome.Way.LIVE,
        List.of(new MemberChange(id.pool(), "web1", endpoint, "ready", "drain", "because")),
        List.of(new FileContent(Path.of("/etc/a.conf"), text)),
        Duration.ofMillis(number));
  }

  @Test
  final void is_empty_at_first() throws Exception {
    assertThat(revisions().newestRevision()).isZero();
    assertThat(revisions().revisions(Optional.empty(), Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  final void keeps_all_of_a_revision_over_a_kill() throws Exception {
    Revision first = revision(1, EDGE, StoredSamples.ODD_TEXT);
    Revision second = revision(2, INNER, "text");
    revisions().appendRevisions(List.of(first, second));

    RevisionStore again = killedAndReopened().revisions();
    assertThat(again.newestRevision()).isEqualTo(2);
    assertThat(again.revisions(Optional.empty(), Long.MAX_VALUE, 10))
        .containsExactly(second, first);
    assertThat(again.revisions(Optional.of(EDGE), Long.MAX_VALUE, 10)).containsExactly(first);
    assertThat(again.revisions(Optional.empty(), 2, 10)).containsExactly(first);
  }

  @Test
  final void keeps_the_newest_hundred_of_each_proxy() throws Exception {
    revisions().appendRevisions(List.of(revision(1, INNER, "inner")));
    for (int number = 2; number <= 112; number++) {
      revisions().appendRevisions(List.of(revision(number, EDGE, "text " + number / 50)));
    }
    List<Revision> edge = revisions().revisions(Optional.of(EDGE), Long.MAX_VALUE, 500);
    assertThat(edge).hasSize(100);
    assertThat(edge.getLast().number()).isEqualTo(13);
    assertThat(edge.getLast().files().getFirst().text()).isEqualTo("text 0");
    assertThat(revisions().revisions(Optional.of(INNER), Long.MAX_VALUE, 500)).hasSize(1);
  }

  @Test
  final void keeps_the_newest_hundred_of_each_proxy_of_many_that_come_together() throws Exception {
    List<Revision> all = new ArrayList<>();
    for (int number = 1; number <= 150; number++) {
      all.add(revision(number, number % 10 == 0 ? INNER : EDGE, "text " + number / 50));
    }
    revisions().appendRevisions(all);

    RevisionStore again = killedAndReopened().revisions();
    assertThat(again.newestRevision()).isEqualTo(150);
    List<Revision> edge = again.revisions(Optional.of(EDGE), Long.MAX_VALUE, 500);
    assertThat(edge).hasSize(100).startsWith(all.get(148));
    assertThat(edge.getLast().number()).isEqualTo(39); // the 35 before the last 100 are gone
    assertThat(again.revisions(Optional.of(INNER), Long.MAX_VALUE, 500)).hasSize(15);
  }

  @Test
  final void appends_nothing_where_there_is_nothing() throws Exception {
    revisions().appendRevisions(List.of());
    assertThat(revisions().newestRevision()).isZero();
  }
}
