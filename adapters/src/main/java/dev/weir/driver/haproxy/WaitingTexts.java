package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigCheck.Refusal;
import dev.weir.publish.StagedGroup;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts that HAProxy runs already and that wait to be written: for most of a second, so that others
 * can join them, and longer after a failure. Their check runs beside. Used by one thread.
 */
final class WaitingTexts {

  /** Leaves 200 ms of the second for the check and the switch. */
  private static final Duration FOLLOW = Duration.ofMillis(800);

  /** When a check that runs beside is first looked after. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(5);

  /** Later looks wait a quarter of the time that the check has taken so far, at most so long. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final ConfigCheck check;
  private final Time time;
  private @Nullable Pending pending;
  private @Nullable Trial trial;

  /** When the check that runs beside began. */
  private long trialNanos;

  WaitingTexts(ConfigCheck check, Time time) {
    this.check = check;
    this.time = time;
  }

  /**
   * Those that wait.
   *
   * @param texts by file
   * @param trouble why the last try failed
   */
  record Pending(
      Map<Path, String> texts, long dueNanos, Duration nextRetry, Optional<String> trouble) {

    Pending {
      texts = Map.copyOf(texts);
    }

    Pending failed(Time time, String why) {
      Duration longer = nextRetry.multipliedBy(2);
      return new Pending(
          texts,
          time.nanos() + nextRetry.toNanos(),
          longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY,
          Optional.of(why));
    }
  }

  /** Puts texts beside the files that they are for. */
  interface Staging {
    StagedGroup stage(Map<Path, String> texts) throws IOException, InterruptedException;
  }

  /** By file, as they shall be written; absent where none waits, or the last try failed. */
  Optional<Map<Path, String>> texts() {
    return latest().filter(waiting -> waiting.trouble().isEmpty()).map(Pending::texts);
  }

  /** What waits, or is being checked. */
  private Optional<Pending> latest() {
    Pending waiting = pending;
    return waiting != null || trial == null
        ? Optional.ofNullable(waiting)
        : Optional.of(trial.waiting());
  }

  /** They take the place of those that wait for the same files. */
  void add(Map<Path, String> more) {
    Map<Path, String> texts = new HashMap<>();
    latest().ifPresent(waiting -> texts.putAll(waiting.texts()));
    texts.putAll(more);
    Pending waiting = pending;
    long due =
        waiting != null && waiting.trouble().isEmpty()
            ? waiting.dueNanos()
            : time.nanos() + FOLLOW.toNanos();
    pending = new Pending(texts, due, FIRST_RETRY, Optional.empty());
  }

  /** When there is something to do; absent when none waits. */
  Optional<Duration> due() {
    if (trial != null) {
      return Optional.of(trial.ended() ? Duration.ZERO : untilNextLook());
    }
    Pending waiting = pending;
    return waiting == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, waiting.dueNanos() - time.nanos())));
  }

  /** With 10,000 servers a check takes half a second: a hundred looks would cost more than it. */
  private Duration untilNextLook() {
    Duration quarter = Duration.ofNanos((time.nanos() - trialNanos) / 4);
    Duration wait = quarter.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : quarter;
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** Why they could not be written; empty when there is no trouble. */
  Optional<String> trouble() {
    return latest().flatMap(Pending::trouble);
  }

  /** Whether a check runs beside, or has ended and was not looked after. */
  boolean isTrying() {
    return trial != null;
  }

  /** Stages them and starts their check, if it is time. */
  void begin(Staging staging) throws InterruptedException {
    Pending waiting = pending;
    if (waiting == null || waiting.dueNanos() > time.nanos()) {
      return;
    }
    try {
      trial = new Trial(waiting, staging.stage(waiting.texts()), check);
      trialNanos = time.nanos();
      pending = null;
    } catch (IOException e) {
      pending = waiting.failed(time, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Switches to them if their check has ended well, and puts them off if it has not.
   *
   * @return those that are in force now; absent where nothing has changed
   */
  Optional<Map<Path, String>> conclude() {
    Trial ended = trial;
    if (ended == null || !ended.ended()) {
      return Optional.empty();
    }
    trial = null;
    Optional<String> trouble;
    try (StagedGroup staged = ended.staged()) {
      trouble = ended.verdict().map(Refusal::message);
      if (trouble.isEmpty()) {
        staged.swap().keep();
        return Optional.of(ended.waiting().texts());
      }
    } catch (IOException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    }
    if (pending == null) {
      pending = ended.waiting().failed(time, trouble.get());
    }
    return Optional.empty();
  }

  /** Ends a check that runs beside; its texts wait no more. */
  void abandonTrial() {
    if (trial != null) {
      trial.abandon();
      trial = null;
    }
  }

  /** None waits any more. */
  void drop() {
    abandonTrial();
    pending = null;
  }
}
