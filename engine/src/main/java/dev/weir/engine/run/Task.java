package dev.weir.engine.run;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task of a {@link TaskGroup} and its virtual thread. Safe for any thread. */
public final class Task implements Runner.Running {
  private static final Logger LOG = LoggerFactory.getLogger(Task.class);

  private final String name;
  private final TaskGroup.Body body;
  private final TaskGroup group;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile TaskGroup.@Nullable Died died; // written by its thread

  Task(String name, TaskGroup.Body body, TaskGroup group) {
    this.name = name;
    this.body = body;
    this.group = group;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::live);
  }

  public String name() {
    return name;
  }

  @Override
  public void stop() {
    stopped = true;
    thread.interrupt();
  }

  void start() {
    thread.start();
  }

  /** Whether the thread has ended in that time; more than zero. */
  boolean join(Duration atMost) {
    try {
      return thread.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How it died last; absent when it never did, or has run stably since. */
  Optional<TaskGroup.Died> died() {
    return Optional.ofNullable(died).filter(last -> !hasRunStablySince(last));
  }

  private boolean hasRunStablySince(TaskGroup.Died last) {
    return switch (group.onDeath()) {
      case OnDeath.Restart restart ->
          last.at()
              .plus(restart.limits().longest())
              .plus(restart.limits().stable())
              .isBefore(group.time().now());
      case OnDeath.Report ignored -> false;
    };
  }

  private void live() {
    try {
      switch (group.onDeath()) {
        case OnDeath.Restart restart -> restarting(restart);
        case OnDeath.Report report -> reporting(report);
      }
    } catch (InterruptedException e) {
      if (!stopped) {
        LOG.warn("task {} was interrupted by somebody else and has ended", name);
      }
    } finally {
      group.ended(this);
    }
  }

  private void reporting(OnDeath.Report report) throws InterruptedException {
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      if (!stopped) {
        LOG.error("task {} died", name, e);
        report.handler().accept(name, e);
      }
    }
  }

  private void restarting(OnDeath.Restart restart) throws InterruptedException {
    Backoff backoff = new Backoff(restart.limits(), restart.random());
    while (!stopped) {
      long startedNanos = group.time().nanos();
      try {
        body.run();
        return;
      } catch (RuntimeException | Error e) {
        if (stopped) {
          LOG.warn("task {} failed while it was being stopped", name, e);
          return;
        }
        Duration ran = Duration.ofNanos(group.time().nanos() - startedNanos);
        takeNote(e, ran.compareTo(restart.limits().stable()) >= 0);
        group.time().sleep(backoff.failed(group.time().nanos()));
      }
    }
  }

  private void takeNote(Throwable e, boolean ranStably) {
    TaskGroup.Died before = died;
    int times = before == null || ranStably ? 1 : before.times() + 1;
    died = new TaskGroup.Died(name, times, e.toString(), group.time().now());
    LOG.error("task {} died and is started again", name, e);
  }
}
