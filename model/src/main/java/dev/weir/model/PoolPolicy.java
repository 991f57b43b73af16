package dev.weir.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How a pool is cared for.
 *
 * @param check rhythm and thresholds of Weir's own probe; absent where discovery alone decides
 * @param proxyCheck how what the proxies' own checks conclude is read; absent where it is not, and
 *     always beside a check
 * @param floor ready members that soft evidence alone never takes below; 0 for none
 * @param split how its traffic is shared between groups; absent where members keep their weights
 */
public record PoolPolicy(
    Optional<CheckPolicy> check,
    Optional<ProxyCheckPolicy> proxyCheck,
    int floor,
    GuardPolicy guard,
    DrainPolicy drain,
    EmptyPolicy empty,
    Optional<Split> split) {

  /** The built-in values, without a check. */
  public static final PoolPolicy DEFAULT =
      new PoolPolicy(
          Optional.empty(),
          Optional.empty(),
          1,
          GuardPolicy.DEFAULT,
          DrainPolicy.DEFAULT,
          EmptyPolicy.DEFAULT,
          Optional.empty());

  public PoolPolicy {
    if (check.isPresent() && proxyCheck.isPresent()) {
      throw new IllegalArgumentException("check: both Weir's and the proxy's (expected: one)");
    }
    if (floor < 0) {
      throw new IllegalArgumentException("floor: %d (expected: 0 or more)".formatted(floor));
    }
  }

  public PoolPolicy withCheck(CheckPolicy newCheck) {
    return new PoolPolicy(
        Optional.of(newCheck), Optional.empty(), floor, guard, drain, empty, split);
  }

  public PoolPolicy withProxyCheck(ProxyCheckPolicy newCheck) {
    return new PoolPolicy(
        Optional.empty(), Optional.of(newCheck), floor, guard, drain, empty, split);
  }

  public PoolPolicy withFloor(int newFloor) {
    return new PoolPolicy(check, proxyCheck, newFloor, guard, drain, empty, split);
  }

  public PoolPolicy withGuard(GuardPolicy newGuard) {
    return new PoolPolicy(check, proxyCheck, floor, newGuard, drain, empty, split);
  }

  public PoolPolicy withEmpty(EmptyPolicy newEmpty) {
    return new PoolPolicy(check, proxyCheck, floor, guard, drain, newEmpty, split);
  }

  public PoolPolicy withSplit(Split newSplit) {
    return new PoolPolicy(check, proxyCheck, floor, guard, drain, empty, Optional.of(newSplit));
  }

  /** Whether anybody finds out how members are: Weir itself, or its proxies. */
  public boolean watched() {
    return check.isPresent() || proxyCheck.isPresent();
  }

  /**
   * That the proxies check the members, by their own rhythm and thresholds.
   *
   * @param every how often the conclusions are read; more than zero
   */
  public record ProxyCheckPolicy(Duration every) {

    public ProxyCheckPolicy {
      Checks.positive("every", every);
    }
  }

  /**
   * Rhythm and thresholds of a probe.
   *
   * @param every from the start of one probe to the start of the next; more than zero
   * @param timeout of one probe; more than zero
   * @param rise successes in a row that bring a member back from down
   * @param fall failures in a row that take it out
   */
  public record CheckPolicy(Duration every, Duration timeout, int rise, int fall) {

    public static final CheckPolicy DEFAULT =
        new CheckPolicy(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 3);

    public CheckPolicy {
      Checks.positive("every", every);
      Checks.positive("timeout", timeout);
      Checks.atLeastOne("rise", rise);
      Checks.atLeastOne("fall", fall);
    }
  }

  /**
   * The limit on what soft evidence may take away.
   *
   * @param maxLoss share of the ready members, 0 to 1
   * @param window over which losses add up
   * @param maxHold after which a held member is let go
   */
  public record GuardPolicy(double maxLoss, Duration window, Duration maxHold) {

    public static final GuardPolicy DEFAULT =
        new GuardPolicy(0.5, Duration.ofSeconds(60), Duration.ofHours(24));

    public GuardPolicy {
      if (!(maxLoss >= 0 && maxLoss <= 1)) {
        throw new IllegalArgumentException(
            "max_loss: %s (expected: 0%% to 100%%)".formatted(maxLoss));
      }
      Checks.positive("window", window);
      Checks.positive("max_hold", maxHold);
    }
  }

  /**
   * How a departing member is let go.
   *
   * @param grace how long a member that left but still answers is drained; zero removes at once
   * @param deadline after which a drain ends whatever is still open
   */
  public record DrainPolicy(Duration grace, Duration deadline) {

    public static final DrainPolicy DEFAULT =
        new DrainPolicy(Duration.ofSeconds(30), Duration.ofMinutes(5));

    public DrainPolicy {
      Checks.notNegative("grace", grace);
      Checks.positive("deadline", deadline);
    }
  }
}
