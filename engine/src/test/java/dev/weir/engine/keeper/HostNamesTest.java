package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.health.Candidate;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members whose address is a host name: identity stays the name, proxies get one IP. */
class HostNamesTest {
  private static final Address.Host DB = new Address.Host("db.internal", 5432);
  private final KeeperRig rig = new KeeperRig();

  @BeforeEach
  void start() {
    rig.start(pool(WEB, KeeperRig::checked, "file"));
    MemberId id = new MemberId(WEB, DB);
    rig.reports(WEB, SourceReport.Complete.of(List.of(Member.of(id, SourceName.of(WEB, "file")))));
    rig.step();
  }

  private void answers(String... addresses) {
    rig.names.put("db.internal", Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    rig.beside();
  }

  private List<String> endpoints() {
    return rig.followed.getOrDefault(WEB, List.of()).stream()
        .map(Candidate::endpoint)
        .map(Endpoint::toString)
        .toList();
  }

  @Test
  void anUnresolvedMemberIsNotProbed() {
    rig.beside();

    assertThat(rig.inputs(WEB).resolved()).isEmpty();
    assertThat(endpoints()).isEmpty();
    assertThat(rig.inputs().started()).isFalse();
  }

  @Test
  void aResolvedOneIsProbedAtItsIp() {
    answers("10.9.0.2", "10.9.0.10");

    assertThat(rig.inputs(WEB).resolved().get(DB)).hasToString("10.9.0.2:5432");
    assertThat(endpoints()).containsExactly("10.9.0.2:5432");
  }

  @Test
  void anAnswerThatStillHoldsIsKeptWhateverElseComes() {
    answers("10.9.0.2", "10.9.0.3");
    answers("10.9.0.1", "10.9.0.2");
    assertThat(endpoints()).containsExactly("10.9.0.2:5432");

    answers("10.9.0.1");
    assertThat(endpoints()).containsExactly("10.9.0.1:5432");
  }

  @Test
  void theLastGoodAnswerStaysWhenTheNameCannotBeResolvedAnyMore() {
    answers("10.9.0.2");
    rig.names.clear();
    rig.beside();

    assertThat(endpoints()).containsExactly("10.9.0.2:5432");
  }

  @Test
  void theLastGoodAnswerSurvivesAStartWithEveryNameServerDead() {
    answers("10.9.0.2");
    rig.beside();
    rig.names.clear();

    rig.start(pool(WEB, KeeperRig::checked, "file")).beside();

    assertThat(endpoints()).containsExactly("10.9.0.2:5432");
    assertThat(rig.inputs(WEB).resolved()).hasSize(1);
  }

  @Test
  void aNewAnswerIsWrittenThoughItsSourceSaysNothingNew() {
    answers("10.9.0.2");
    answers("10.9.0.3");
    rig.beside();
    rig.names.clear();

    rig.start(pool(WEB, KeeperRig::checked, "file"));

    assertThat(endpoints()).containsExactly("10.9.0.3:5432");
  }

  @Test
  void aNameNobodyNeedsIsLookedUpNoMore() {
    answers("10.9.0.2");
    assertThat(rig.pulses).containsKey("look up db.internal");

    rig.reports(WEB, new SourceReport.Complete(List.of(), SourceReport.Absence.ENDED, Map.of()));
    rig.later(Duration.ofSeconds(31));

    assertThat(rig.pulses).doesNotContainKey("look up db.internal");
  }
}
