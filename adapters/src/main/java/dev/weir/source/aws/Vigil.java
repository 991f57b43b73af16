package dev.weir.source.aws;

import dev.weir.follow.Pace;
import dev.weir.model.MemberId;
import dev.weir.spi.Drains;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance that a hook holds back, from when that is first seen until it may go. Used by one
 * thread.
 */
final class Vigil {

  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

  private static final Pace PACE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Of a hook's time-out one passes between two heartbeats. */
  private static final int THIRD = 3;

  private final Withheld withheld;
  private final long begun;
  private final Set<Duty> done = new HashSet<>();
  private boolean over;
  private int failures;

  /** When the next heartbeat is due. */
  private long beat;

  /** After a failure nothing is tried before. */
  private long pause;

  /**
   * That the instance is let go by one pool.
   *
   * @param member that it is there; absent where it is none
   */
  record Duty(Drains drains, Optional<MemberId> member) {

    boolean isDone(Duration lasted) {
      return member.isEmpty()
          || lasted.compareTo(drains.deadline()) >= 0
          || drains.isEmpty(member.get());
    }
  }

  /** Finds the hook of a group; absent where the group does not have it. */
  @FunctionalInterface
  interface Hooks {
    Optional<Hook> of(String group) throws IOException, InterruptedException;
  }

  Vigil(Withheld withheld, long now) {
    this.withheld = withheld;
    this.begun = now;
    this.beat = now;
    this.pause = now;
  }

  /** Does what is due. */
  void attend(List<Duty> duties, Hooks hooks, Calls calls, long now) throws InterruptedException {
    duties.stream().filter(duty -> duty.isDone(Duration.ofNanos(now - begun))).forEach(done::add);
    if (over || now < pause) {
      return;
    }
    try {
      Optional<Hook> hook = hooks.of(withheld.group());
      if (hook.isEmpty()) {
        over = true;
        LOG.warn("{} is held back, but not by hook {}", withheld, withheld.hook());
      } else if (done.containsAll(duties)) {
        calls.tell(client -> client.complete(withheld));
        over = true;
        LOG.info("{} is drained and may go (hook {})", withheld, withheld.hook());
      } else if (now >= beat) {
        calls.tell(client -> client.heartbeat(withheld));
        beat = now + hook.get().timeout().toNanos() / THIRD;
      }
      failures = 0;
    } catch (RefusedException refused) {
      failed(refused, now + PACE.longest().toNanos());
    } catch (IOException failed) {
      failed(failed, now + PACE.pauseAfter(failures + 1, random()).toNanos());
    }
  }

  private static RandomGenerator random() {
    return ThreadLocalRandom.current();
  }

  /** It tells once; the instance goes at the latest when its hook has waited long enough. */
  private void failed(IOException why, long next) {
    failures++;
    pause = next;
    if (failures == 1) {
      LOG.warn("{}: hook {} cannot be told: {}", withheld, withheld.hook(), why.getMessage());
    }
  }
}
