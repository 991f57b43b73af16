package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevisionBodiesTest {

  private final RevisionBodies bodies = new RevisionBodies();

  @Test
  void each_revision_is_written_whole_whatever_was_remembered_of_the_last() {
    DesiredPool a = pool("a", 1);
    DesiredPool b = pool("b", 1, 2);

    assertThat(read("edge", a, b)).containsExactly(a, b);
    assertThat(read("edge", a, pool("b", 2))).containsExactly(a, pool("b", 2));
    assertThat(read("edge", a)).containsExactly(a);
    assertThat(read("inner", b)).containsExactly(b);
    assertThat(read("edge", a, b)).containsExactly(a, b);
  }

  private List<DesiredPool> read(String proxy, DesiredPool... pools) {
    Revision revision =
        new Revision(
            1,
            new ProxyName(proxy),
            Instant.EPOCH,
            DesiredState.of(1, List.of(pools)),
            Outcome.Way.LIVE,
            List.of(),
            List.of(),
            Duration.ZERO);
    return RevisionForm.read(bodies.write(revision)).pools();
  }

  private static DesiredPool pool(String name, int... members) {
    PoolId id = new PoolId(name);
    List<DesiredMember> all = IntStream.of(members).mapToObj(n -> member(id, n)).toList();
    return DesiredPool.of(id, all, List.of(), new EmptyPolicy.Status(503));
  }

  private static DesiredMember member(PoolId pool, int number) {
    Endpoint at = (Endpoint) Address.of("10.0.0." + number, 80);
    return new DesiredMember(
        new MemberId(pool, at),
        "m" + number,
        at,
        ServerState.READY,
        1,
        false,
        new TreeMap<>(),
        new Because(Because.Cause.DISCOVERED, "named by a list"));
  }
}
