package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigCheck.Refusal;
import dev.weir.model.Outcome;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.StagedFile;
import dev.weir.publish.Swap;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weir's file, never put in force before HAProxy's own check has passed it with all the user's
 * files. After changes at run time it follows within a second, several changes at once, since every
 * check costs 30 ms of a core. Used by one thread.
 */
final class OwnFile {

  /** Leaves 200 ms of the second for the check and the switch. */
  private static final Duration FOLLOW = Duration.ofMillis(800);

  /** How often a check that runs beside is looked after. */
  private static final Duration WHILE_CHECKED = Duration.ofMillis(5);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final PublishedFile file;
  private final ConfigCheck check;
  private final Time time;
  private @Nullable Pending pending;
  private @Nullable Trial trial;

  /**
   * A text that waits to be written.
   *
   * @param trouble why the last try failed
   */
  record Pending(String text, long dueNanos, Duration nextRetry, Optional<String> trouble) {
    Pending failed(Time time, String why) {
      Duration longer = nextRetry.multipliedBy(2);
      return new Pending(
          text,
          time.nanos() + nextRetry.toNanos(),
          longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY,
          Optional.of(why));
    }
  }

  OwnFile(PublishedFile file, ConfigCheck check, Time time) {
    this.file = file;
    this.check = check;
    this.time = time;
  }

  /**
   * What it says. A text that waits for its second counts as written, unless writing it has failed.
   */
  Optional<String> text() {
    Pending waiting = latest();
    if (waiting != null && waiting.trouble().isEmpty()) {
      return Optional.of(waiting.text());
    }
    try {
      return file.read();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** What waits, or is being checked. */
  private @Nullable Pending latest() {
    if (pending != null || trial == null) {
      return pending;
    }
    return trial.waiting();
  }

  /** Remembers a text that HAProxy already runs. */
  void follow(String text) {
    Pending waiting = pending;
    long due =
        waiting != null && waiting.trouble().isEmpty()
            ? waiting.dueNanos()
            : time.nanos() + FOLLOW.toNanos();
    pending = new Pending(text, due, FIRST_RETRY, Optional.empty());
  }

  /** When {@link #catchUp} has something to do; absent when no text waits. */
  Optional<Duration> due() {
    if (trial != null) {
      return Optional.of(trial.ended() ? Duration.ZERO : WHILE_CHECKED);
    }
    Pending waiting = pending;
    return waiting == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, waiting.dueNanos() - time.nanos())));
  }

  /** Why the waiting text could not be written; empty when there is no trouble. */
  Optional<String> trouble() {
    Pending waiting = latest();
    return waiting == null ? Optional.empty() : waiting.trouble();
  }

  /**
   * Goes on with the waiting text, if it is time: stages it and starts its check, or, when that has
   * ended, switches to it or puts it off further. Does not wait for the check, so that members can
   * change meanwhile.
   */
  void catchUp() throws InterruptedException {
    Trial running = trial;
    if (running == null) {
      begin();
    } else if (running.ended()) {
      trial = null;
      conclude(running);
    }
  }

  private void begin() throws InterruptedException {
    Pending waiting = pending;
    if (waiting == null || waiting.dueNanos() > time.nanos()) {
      return;
    }
    try {
      rollBackUnfinished();
      trial = new Trial(waiting, file.stage(waiting.text()), check);
      pending = null;
    } catch (IOException e) {
      pending = waiting.failed(time, String.valueOf(e.getMessage()));
    }
  }

  private void conclude(Trial ended) {
    Optional<String> trouble;
    try (StagedFile staged = ended.staged()) {
      trouble = ended.verdict().map(Refusal::message);
      if (trouble.isEmpty()) {
        staged.swap().keep();
      }
    } catch (IOException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    }
    if (trouble.isPresent() && pending == null) {
      pending = ended.waiting().failed(time, trouble.get());
    }
  }

  private void rollBackUnfinished() throws IOException, InterruptedException {
    Optional<Swap> swap = file.unfinished();
    if (swap.isPresent()) {
      goBack(swap.get());
    }
  }

  /** Stages, checks, switches. */
  Optional<Refusal> publish(String text) throws IOException, InterruptedException {
    Switched switched = switchTo(text);
    if (switched.swap().isPresent()) {
      switched.swap().get().keep();
    }
    return switched.refusal();
  }

  /**
   * A switch that was refused, or that is still to be kept or rolled back.
   *
   * @param refusal present exactly when the swap is absent
   */
  record Switched(Optional<Refusal> refusal, Optional<Swap> swap) {}

  /** Stages, checks, switches, and leaves the way back open. Overtakes a text that waits. */
  Switched switchTo(String text) throws IOException, InterruptedException {
    abandonTrial();
    rollBackUnfinished();
    try (StagedFile staged = file.stage(text)) {
      Optional<Refusal> refusal = check.check(staged.path());
      if (refusal.isPresent()) {
        return new Switched(refusal, Optional.empty());
      }
      Swap swap = staged.swap();
      pending = null;
      return new Switched(Optional.empty(), Optional.of(swap));
    }
  }

  /** Ends a check that runs beside; its text waits no more. */
  void abandonTrial() {
    if (trial != null) {
      trial.abandon();
      trial = null;
    }
  }

  /**
   * Undoes a switch, except where HAProxy could start with the new text only: a file that somebody
   * had deleted or damaged would come back as that.
   */
  void goBack(Swap swap) throws IOException, InterruptedException {
    boolean onlyNew =
        check.check(swap.previous()).isPresent() && check.check(file.target()).isEmpty();
    if (onlyNew) {
      swap.keep();
    } else {
      swap.rollBack();
    }
  }

  /** Whether a killed Weir left a switch that is neither kept nor rolled back. */
  boolean unfinished() {
    return file.unfinished().isPresent();
  }

  /** Keeps what a killed Weir had switched to. */
  void keepUnfinished() throws IOException {
    Optional<Swap> swap = file.unfinished();
    if (swap.isPresent()) {
      swap.get().keep();
    }
  }

  /**
   * What a refusal means: foreign when the file as it lies there is refused in the same words, and
   * not for a line of its own.
   */
  Outcome.Rejected rejected(Refusal refusal) throws IOException, InterruptedException {
    Set<String> before = new HashSet<>();
    if (Files.exists(file.target())) {
      check.check(file.target()).ifPresent(old -> before.addAll(old.alerts()));
    }
    List<String> foreign =
        refusal.alerts().stream()
            .filter(before::contains)
            .filter(alert -> !alert.contains("[" + file.target() + ":"))
            .toList();
    Refusal told = foreign.isEmpty() ? refusal : new Refusal(foreign);
    return new Outcome.Rejected(told.message(), told.place(), !foreign.isEmpty());
  }
}
