package dev.weir.engine.health;

import dev.weir.model.Health;
import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.ProbeResult;
import java.time.Instant;
import java.util.Optional;

/**
 * What the probes of one member add up to: a state machine without clock or thread. One success
 * ends <em>unknown</em> as up; {@code rise} counts from down only, {@code fall} always.
 *
 * <p>A member that is down <em>refuses</em> (hard evidence, which neither guard nor floor argue
 * with) only when the last {@code fall} probes were all refused; one other answer ends that.
 *
 * @param passed successes in a row
 * @param failed failures in a row
 * @param refused refusals in a row
 * @param soft the last failure of the row that was no refusal
 */
public record HealthTracker(
    Health health, int passed, int failed, int refused, Optional<ProbeResult> soft) {

  /** Of a member that was never probed. */
  public static final HealthTracker NEW =
      new HealthTracker(Health.UNKNOWN, 0, 0, 0, Optional.empty());

  /** The state after one more probe. */
  public HealthTracker after(ProbeResult result, CheckPolicy policy, Instant now) {
    return result.passed() ? afterSuccess(policy, now) : afterFailure(result, policy, now);
  }

  private HealthTracker afterSuccess(CheckPolicy policy, Instant now) {
    int inRow = passed + 1;
    Health next =
        switch (health) {
          case Health.Unknown ignored -> new Health.Up(now);
          case Health.Up up -> up;
          case Health.Down down -> inRow >= policy.rise() ? new Health.Up(now) : down;
        };
    return new HealthTracker(next, inRow, 0, 0, Optional.empty());
  }

  private HealthTracker afterFailure(ProbeResult result, CheckPolicy policy, Instant now) {
    boolean refusal = result.kind() == ProbeResult.Kind.REFUSED;
    int refusals = refusal ? refused + 1 : 0;
    Optional<ProbeResult> other = refusal ? soft : Optional.of(result);
    ProbeResult evidence = refusals >= policy.fall() ? result : other.orElse(result);
    Health next =
        switch (health) {
          case Health.Unknown ignored -> failedOrSame(policy, now, evidence);
          case Health.Up ignored -> failedOrSame(policy, now, evidence);
          case Health.Down down -> stillDown(down, evidence);
        };
    return new HealthTracker(next, 0, failed + 1, refusals, other);
  }

  private Health failedOrSame(CheckPolicy policy, Instant now, ProbeResult evidence) {
    return failed + 1 >= policy.fall() ? new Health.Down(now, evidence) : health;
  }

  private static Health stillDown(Health.Down down, ProbeResult evidence) {
    boolean refuses = evidence.kind() == ProbeResult.Kind.REFUSED;
    return refuses == down.refused() ? down : new Health.Down(down.since(), evidence);
  }
}
