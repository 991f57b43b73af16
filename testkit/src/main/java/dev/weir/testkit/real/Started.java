package dev.weir.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A program that a test has started: a process of its own with a log file of its own, ended by its
 * own process id. Closing asks it to stop, waits a moment, and then kills it and what it has
 * started itself.
 */
public final class Started implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path log;

  private Started(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program with {@code directory} as its working directory and both of its outputs in
   * {@code directory/name.log}.
   */
  public static Started start(String name, Path directory, List<String> command)
      throws IOException {
    Path log = directory.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    return new Started(name, process, log);
  }

  /** Waits until something accepts connections on this loopback port. */
  public Started awaitPort(int port, Duration atMost) throws InterruptedException {
    return await("port " + port, atMost, () -> accepts(port));
  }

  /** Waits until something accepts connections on this unix socket. */
  public Started awaitSocket(Path socket, Duration atMost) throws InterruptedException {
    return await("socket " + socket, atMost, () -> accepts(socket));
  }

  /**
   * Waits until the condition holds.
   *
   * @throws AssertionError with the log, when the process ends first or the time is over
   */
  public Started await(String what, Duration atMost, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            name + " ended with " + process.exitValue() + " before " + what + ":\n" + log());
      }
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new AssertionError(name + ": no " + what + " within " + atMost + ":\n" + log());
      }
    }
    return this;
  }

  /** Waits for the program's own end and returns its exit code. */
  public int awaitExit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(name + " still runs after " + atMost + ":\n" + log());
    }
    return process.exitValue();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything the program has printed so far. */
  public String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Kills the process and what it has started, as a lost machine would; returns when they are gone.
   */
  public void kill() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    killAll(children);
  }

  /** Ends the process; returns when it is gone. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
      killAll(children);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private static void killAll(List<ProcessHandle> processes) throws InterruptedException {
    processes.forEach(ProcessHandle::destroyForcibly);
    long start = System.nanoTime();
    while (processes.stream().anyMatch(Started::runs)) {
      if (System.nanoTime() - start > STOP.toNanos()) {
        throw new IllegalStateException("killed and still there: " + processes);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("while waiting for the end of " + processes);
      }
    }
  }

  /** Whether it runs; what has ended and only waits for whoever collects its exit code does not. */
  static boolean runs(ProcessHandle handle) {
    if (!handle.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
      return !stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException gone) {
      return handle.isAlive();
    }
  }

  @Override
  public String toString() {
    return name + " (pid " + process.pid() + ", log " + log + ")";
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECT.toMillis());
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean accepts(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
