package dev.weir.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that the demonstration started and ends again, by its own process. */
final class Child implements AutoCloseable {

  /** The first Weir of a checkout makes an archive of its classes when it ends. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param log takes what it writes
   */
  static Child start(String name, List<String> command, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Child(name, builder.start(), log);
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The last lines that it wrote. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: %s)".formatted(e.getMessage());
    }
  }

  /** Waits until it has ended by itself; its exit code. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks it to end, and insists when it does not within a minute; its exit code. */
  int end() throws InterruptedException {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    for (ProcessHandle handle : below) {
      handle.onExit().completeOnTimeout(handle, 5, TimeUnit.SECONDS).join();
      handle.destroyForcibly();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      end();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name + " (pid " + process.pid() + ")";
  }
}
