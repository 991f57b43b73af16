package dev.weir.engine.run;

import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named virtual threads that belong together: all end, and are waited for, when the group is
 * closed. What happens when one dies of an exception is settled when the group is made. Safe for
 * any thread.
 */
public final class TaskGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskGroup.class);

  /** How long {@link #close} waits for tasks that do not heed their interrupt. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final OnDeath onDeath;
  private final Time time;
  private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** What a task does; ends when it returns or is interrupted. */
  @FunctionalInterface
  public interface Body {
    void run() throws InterruptedException;
  }

  /** A group whose tasks die as told; the clock is for the waits before restarts. */
  public TaskGroup(String name, OnDeath onDeath, Time time) {
    this.name = name;
    this.onDeath = onDeath;
    this.time = time;
  }

  /**
   * Starts a task on a thread of its own.
   *
   * @throws IllegalStateException when the group is closed
   */
  public Task start(String taskName, Body body) {
    Task task = new Task(taskName, body, this);
    tasks.add(task);
    if (closed) {
      tasks.remove(task);
      throw new IllegalStateException(
          "task: %s (expected: the group %s to be open)".formatted(taskName, name));
    }
    task.start();
    return task;
  }

  /** The tasks that died and have not run stably since, by name. */
  public List<Died> died() {
    return tasks.stream()
        .flatMap(task -> task.died().stream())
        .sorted(Comparator.comparing(Died::task))
        .toList();
  }

  /**
   * Interrupts all tasks and waits until they have ended; tasks that do not heed the interrupt
   * within ten seconds are named in the log and left behind.
   */
  @Override
  public void close() {
    closed = true;
    tasks.forEach(Task::stop);
    long deadline = time.nanos() + PATIENCE.toNanos();
    for (Task task : List.copyOf(tasks)) {
      if (!task.join(Duration.ofNanos(Math.max(1, deadline - time.nanos())))) {
        LOG.warn("task {} of {} did not end within {}", task.name(), name, PATIENCE);
      }
    }
  }

  OnDeath onDeath() {
    return onDeath;
  }

  Time time() {
    return time;
  }

  void ended(Task task) {
    tasks.remove(task);
  }

  /**
   * A task that died.
   *
   * @param times in a row
   * @param cause the exception, one line
   * @param at the last time
   */
  public record Died(String task, int times, String cause, Instant at) {}
}
