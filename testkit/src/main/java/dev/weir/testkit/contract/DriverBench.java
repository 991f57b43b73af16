package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.Faults;
import dev.weir.testkit.contract.ProxyRig.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The driver under test and what a reconciler would do with it. Used by one thread. */
public final class DriverBench {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final int TRIES = 40;

  private final ProxyRig rig;
  private final Faults faults;
  private @Nullable ProxyDriver driver;

  DriverBench(ProxyRig rig, Faults faults) {
    this.rig = rig;
    this.faults = faults;
  }

  /** How a rig opens a driver. */
  @FunctionalInterface
  public interface Opening {
    ProxyDriver open(Checkpoints checkpoints) throws Exception;
  }

  /** The open driver. */
  public ProxyDriver driver() {
    if (driver == null) {
      throw new IllegalStateException("no driver is open");
    }
    return driver;
  }

  /** Opens the rig's usual driver. */
  public void open() throws Exception {
    driver = rig.open(faults);
  }

  /** Closes the driver and opens another. */
  public void reopen(Opening opening) throws Exception {
    close();
    driver = opening.open(faults);
  }

  /** Closes the driver, if one is open. */
  public void close() {
    if (driver != null) {
      driver.close();
      driver = null;
    }
  }

  public Observed observe() throws InterruptedException {
    return driver().observe(Set.copyOf(rig.pools()));
  }

  /** Looks and plans. */
  public Plan plan(DesiredState desired) throws InterruptedException {
    return driver().plan(desired, observe());
  }

  public Outcome apply(Plan plan) throws InterruptedException {
    return driver().apply(plan);
  }

  /** Applies, and does what is put off, while a fault is armed; returns when it has struck. */
  void applyWhileStruck(Plan plan) throws Exception {
    long start = System.nanoTime();
    try {
      Outcome outcome = apply(plan);
      if (outcome instanceof Outcome.Applied) {
        settle();
      }
    } catch (InterruptedException | Faults.Killed expected) {
      assertThat(faults.struck()).as("a fault that nobody asked for: " + expected).isTrue();
    }
    boolean interrupted = Thread.interrupted();
    assertThat(faults.struck())
        .as("struck%s, of the steps %s", interrupted ? " by an interrupt" : "", faults.steps())
        .isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON.multipliedBy(2));
  }

  /** Observes, plans and applies until nothing is left to do, and does what is put off. */
  public void converge(DesiredState desired) throws InterruptedException {
    Object last = "nothing yet";
    for (int i = 0; i < TRIES; i++) {
      Plan plan = plan(desired);
      if (plan instanceof Plan.InSync) {
        settle();
        return;
      }
      last = apply(plan);
      if (!(last instanceof Outcome.Applied)) {
        rig.time().sleep(BETWEEN_TRIES);
      }
    }
    fail("does not converge; last outcome: %s; plan: %s", last, plan(desired));
  }

  /** Does everything that is put off. */
  public void settle() throws InterruptedException {
    for (int i = 0; i < 10 * TRIES; i++) {
      Optional<Duration> due = driver().upkeep();
      if (due.isEmpty()) {
        return;
      }
      rig.time().sleep(due.get());
    }
    fail("something is put off for ever");
  }

  /** Who answered. */
  static Set<Endpoint> backends(List<Answer> answers) {
    return answers.stream().flatMap(answer -> answer.by().stream()).collect(Collectors.toSet());
  }
}
