package dev.weir.engine.catalog;

import dev.weir.model.PoolPolicy;
import dev.weir.spi.Durations;
import java.util.Optional;

/** The limit on what soft evidence may take away within the window: pure arithmetic. */
final class Guard {
  private static final double ROUNDING = 1e-9;

  private Guard() {}

  /**
   * A loss that is asked for.
   *
   * @param ready members that serve now, without those that came to relieve
   * @param taken of them, how many would go
   * @param relieved how many came in their place and have passed their check
   * @param before how many were taken in the window already
   */
  record Loss(int ready, int taken, int relieved, int before) {

    /** What remains a loss after those that came are counted. */
    int net() {
      return Math.max(0, taken - relieved);
    }

    int readyAfter() {
      return ready - taken + relieved;
    }
  }

  /** Why the floor forbids this loss; absent where it does not. */
  static Optional<String> floorForbids(PoolPolicy policy, Loss loss) {
    if (loss.net() == 0 || loss.readyAfter() >= policy.floor()) {
      return Optional.empty();
    }
    return Optional.of(
        "would leave %d of %d ready members, the floor is %d"
            .formatted(loss.readyAfter(), loss.ready(), policy.floor()));
  }

  /** Why the share that may be lost forbids this loss; absent where it does not. */
  static Optional<String> shareForbids(PoolPolicy policy, Loss loss) {
    int ready = loss.ready() + loss.before();
    int lost = loss.net() + loss.before();
    if (loss.net() == 0 || lost <= policy.guard().maxLoss() * ready + ROUNDING) {
      return Optional.empty();
    }
    return Optional.of(
        "would take %d of %d ready members within %s, max_loss is %.0f%%"
            .formatted(
                lost,
                ready,
                Durations.format(policy.guard().window()),
                policy.guard().maxLoss() * 100));
  }

  /** Why either limit forbids this loss; absent where neither does. */
  static Optional<String> forbids(PoolPolicy policy, Loss loss) {
    return floorForbids(policy, loss).or(() -> shareForbids(policy, loss));
  }
}
