package dev.weir.engine.reconcile;

import dev.weir.engine.reconcile.ProxyStatus.LastOutcome;
import dev.weir.engine.reconcile.ProxyStatus.Progress;
import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.spi.Drain;
import dev.weir.spi.PoolWay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far one proxy has come, as its loop knows it. Used by one thread. */
final class Situation {
  private Optional<DesiredState> desired = Optional.empty();
  private Sync sync = new Sync.Waiting("has not looked at the proxy yet");
  private Optional<LastOutcome> last = Optional.empty();
  private Optional<Instant> lastInSync = Optional.empty();
  private Optional<Instant> lastLook = Optional.empty();
  private long generation;

  void is(Sync now) {
    sync = now;
  }

  Optional<DesiredState> desired() {
    return desired;
  }

  void shallBe(DesiredState state) {
    desired = Optional.of(state);
  }

  void reached(DesiredState state, Instant now) {
    shallBe(state);
    is(new Sync.Reached());
    generation = state.generation();
    lastInSync = Optional.of(now);
  }

  /** Newer inputs say the same of this proxy: who is in step with the old is in step with them. */
  void unconcerned(long newGeneration) {
    if (sync instanceof Sync.Reached) {
      generation = newGeneration;
    }
  }

  /** Everything was looked at, beginning then. */
  void looked(Instant began) {
    lastLook = Optional.of(began);
  }

  void tried(LastOutcome outcome) {
    last = Optional.of(outcome);
  }

  /** What the status shows that others know. */
  record Outside(
      Optional<Observed.Condition> condition,
      Optional<String> putOff,
      List<Drain> drains,
      List<PoolWay> ways,
      Optional<ProxyStatus.Pinned> pinned,
      Instant now,
      Instant nextTry) {}

  ProxyStatus status(Proxy proxy, Outside outside) {
    Progress progress =
        new Progress(
            generation,
            proxy.ledger().newest(proxy.name()),
            lastInSync,
            lastLook,
            outside.now(),
            outside.nextTry());
    return new ProxyStatus(
        proxy.name(),
        proxy.kind(),
        desired,
        sync,
        last,
        outside.condition(),
        outside.putOff(),
        outside.drains(),
        outside.ways(),
        outside.pinned(),
        progress);
  }
}
