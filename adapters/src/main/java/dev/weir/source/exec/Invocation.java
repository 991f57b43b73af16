package dev.weir.source.exec;

import java.time.Duration;
import java.util.List;

/**
 * A command whose output lists members, and when it is run.
 *
 * @param command the program and its arguments; no shell reads them
 * @param every the time between the end of a run and the beginning of the next
 * @param timeout for one run
 */
public record Invocation(List<String> command, Duration every, Duration timeout) {

  public Invocation {
    command = List.copyOf(command);
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      throw new IllegalArgumentException("command: [] (expected: a program and its arguments)");
    }
    if (!every.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException("every, timeout: 0s (expected: more than 0s)");
    }
  }

  @Override
  public String toString() {
    return command.getFirst();
  }
}
