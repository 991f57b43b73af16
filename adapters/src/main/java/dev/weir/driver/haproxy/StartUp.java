package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.HaproxyOptions.Absent;
import dev.weir.driver.haproxy.Talk.NobodyThere;
import dev.weir.model.Fingerprint;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Failed;
import dev.weir.model.Outcome.Way;
import dev.weir.model.Plan;
import dev.weir.model.Step;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of an HAProxy that does not run when Weir comes: it is waited for, started, or
 * called an error. One that was seen running and has ended since is nobody's to start here:
 * somebody may have stopped it. Used by one thread.
 */
final class StartUp {

  private static final String STEP = "start HAProxy";
  private static final Duration MOST = Duration.ofSeconds(10);
  private static final String WITHIN = " within %d s".formatted(MOST.toSeconds());
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final Parts parts;
  private final LiveUpdate live;

  StartUp(Parts parts, LiveUpdate live) {
    this.parts = parts;
    this.live = live;
  }

  /** The step of a plan that starts it; absent where it is not Weir's to start. */
  static Optional<Step> step(HaproxyOptions options) {
    String command = String.join(" ", options.startCommand(OptionalLong.empty()));
    return options.absent() == Absent.START
        ? Optional.of(new Step(command, STEP, Step.Expected.ANYTHING))
        : Optional.empty();
  }

  /**
   * Refuses to go on without it, where that is wanted.
   *
   * @throws SetupException when it does not run
   */
  void demand() throws SetupException {
    if (parts.options().absent() != Absent.FAIL) {
      return;
    }
    try (Chorus found = parts.talk().open()) {
      found.missing();
    } catch (NobodyThere e) {
      throw new SetupException(
          "HAProxy does not run: %s (expected: that it runs before Weir does, or absent: wait or"
                  .formatted(e.getMessage())
              + " start)");
    } catch (IOException silent) {
      // somebody is there; whoever keeps it in step says what is wrong
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SetupException("interrupted while looking for HAProxy");
    }
  }

  /** Whether this plan is to start it. */
  boolean isFor(Plan.Live plan) {
    return step(parts.options()).map(List::of).equals(Optional.of(plan.steps()));
  }

  /** Puts the file in force, starts HAProxy, and waits until it says that it has loaded it. */
  Outcome apply(Plan.Live plan) throws InterruptedException {
    try {
      Optional<Outcome> refused = live.publish(plan.files());
      if (refused.isPresent()) {
        return refused.get();
      }
      parts.talk().before(STEP);
      Optional<String> trouble = run(parts.options().startCommand(OptionalLong.empty()));
      if (trouble.isPresent()) {
        return new Failed(STEP, trouble.get());
      }
      return answers()
          ? new Applied(plan.target(), Way.LIVE)
          : new Failed(STEP, "it has not loaded %s".formatted(parts.loaded().shown()) + WITHIN);
    } catch (IOException e) {
      return LiveUpdate.failed(STEP, e);
    }
  }

  private boolean answers() throws InterruptedException {
    Optional<Fingerprint> wanted = parts.planner().parsed(parts.files().said()).epoch();
    long start = parts.time().nanos();
    while (parts.time().nanos() - start < MOST.toNanos()) {
      try {
        Talk.Look look = parts.talk().look(List.of());
        if (look.workers().firstEntry().getValue().epoch().equals(wanted)) {
          return true;
        }
      } catch (IOException notYet) {
        // a process that has just been started opens its socket in a moment
      }
      parts.time().sleep(LOOK_EVERY);
    }
    return false;
  }

  /**
   * Runs a command that starts an HAProxy in the background.
   *
   * @return why it did not; empty when it ended well
   */
  static Optional<String> run(List<String> command) throws InterruptedException {
    ProgramResult result = Programs.run(command, MOST);
    return result instanceof Exited exited && exited.succeeded()
        ? Optional.empty()
        : Optional.of(command.getFirst() + ": " + result.trouble());
  }
}
