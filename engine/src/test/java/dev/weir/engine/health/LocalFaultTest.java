package dev.weir.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.health.LocalFault.Verdict;
import dev.weir.model.Address;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalFaultTest {
  private static final PoolId POOL = new PoolId("web");

  private final LocalFault fault = new LocalFault();
  private long now;

  private static MemberId member(int number) {
    return new MemberId(POOL, Address.of("10.0.0." + number, 80));
  }

  private Verdict judge(int member, Kind kind) {
    now += Duration.ofMillis(10).toNanos();
    return fault.judge(member(member), kind, now);
  }

  private Verdict judgeAll(int members, Kind kind) {
    Verdict last = Verdict.TRUSTED;
    for (int i = 1; i <= members; i++) {
      Verdict verdict = judge(i, kind);
      last = verdict.suspect() || verdict == Verdict.NOW_TRUSTED ? verdict : last;
    }
    return last;
  }

  @Test
  void fewMembersWithoutAConnectionAreJustDead() {
    assertThat(judgeAll(7, Kind.CONNECT_TIMEOUT)).isEqualTo(Verdict.TRUSTED);
    assertThat(judgeAll(7, Kind.CONNECT_TIMEOUT)).isEqualTo(Verdict.TRUSTED);
  }

  @Test
  void mostOfASecondWithoutAConnectionIsSuspectAndSaidOnce() {
    assertThat(judgeAll(8, Kind.CONNECT_TIMEOUT)).isEqualTo(Verdict.NOW_SUSPECT);
    assertThat(judgeAll(8, Kind.CONNECT_TIMEOUT)).isEqualTo(Verdict.STILL_SUSPECT);
  }

  @Test
  void manyAmongMoreThatAnswerAreJustDead() {
    judgeAll(20, Kind.OK);
    assertThat(judgeAll(20, Kind.CONNECT_TIMEOUT)).isEqualTo(Verdict.TRUSTED);
  }

  @Test
  void otherFailuresAreNoSign() {
    assertThat(judgeAll(30, Kind.REFUSED)).isEqualTo(Verdict.TRUSTED);
    assertThat(judgeAll(30, Kind.TIMEOUT)).isEqualTo(Verdict.TRUSTED);
  }

  @Test
  void whatLiesMoreThanASecondBackDoesNotCount() {
    judgeAll(7, Kind.CONNECT_TIMEOUT);
    now += Duration.ofSeconds(1).toNanos();
    assertThat(judge(8, Kind.CONNECT_TIMEOUT)).isEqualTo(Verdict.TRUSTED);
  }

  @Test
  void trustReturnsAfterASecondWithoutMostFailing() {
    judgeAll(8, Kind.CONNECT_TIMEOUT);
    assertThat(judgeAll(20, Kind.OK)).isEqualTo(Verdict.STILL_SUSPECT);
    now += Duration.ofSeconds(1).toNanos();
    assertThat(judge(1, Kind.OK)).isEqualTo(Verdict.NOW_TRUSTED);
    assertThat(judge(2, Kind.OK)).isEqualTo(Verdict.TRUSTED);
  }
}
