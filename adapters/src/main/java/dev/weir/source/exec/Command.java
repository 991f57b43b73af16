package dev.weir.source.exec;

import dev.weir.memberlist.ListReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of a command: its output, or why there is none. Whatever it started ends with it. */
final class Command {

  /** The most that is kept of what a command complains about. */
  private static final int COMPLAINT = 4096;

  private final List<String> words;
  private final Duration timeout;

  Command(List<String> words, Duration timeout) {
    this.words = words;
    this.timeout = timeout;
  }

  /**
   * Runs it.
   *
   * @return what it wrote to its standard output
   * @throws IOException when it could not be started, took too long, wrote too much or ended with
   *     another code than 0; with one line that says which
   */
  byte[] run() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).start();
    try {
      process.getOutputStream().close();
      Output output = new Output(process.getInputStream(), ListReport.LARGEST);
      Output complaint = new Output(process.getErrorStream(), COMPLAINT);
      boolean ended = output.await(timeout) && process.waitFor(Duration.ofSeconds(1));
      if (output.tooMuch()) {
        throw new IOException(
            "%s: more than %d MiB of output".formatted(this, ListReport.LARGEST / 1024 / 1024));
      }
      if (!ended) {
        throw new IOException("%s: still runs after %d ms".formatted(this, timeout.toMillis()));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s: exit code %d%s".formatted(this, process.exitValue(), lastLine(complaint)));
      }
      return output.bytes();
    } finally {
      end(process);
    }
  }

  /** Ends the command and all that it has started and not let go of. */
  private static void end(Process process) {
    try (Stream<ProcessHandle> children = process.descendants()) {
      List<ProcessHandle> all = children.toList();
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static String lastLine(Output complaint) throws IOException, InterruptedException {
    if (!complaint.await(Duration.ofMillis(100))) {
      return "";
    }
    return new String(complaint.bytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(line -> ": " + line.strip().replaceAll("\\p{Cntrl}", "?"))
        .orElse("");
  }

  @Override
  public String toString() {
    return words.getFirst();
  }

  /** A stream that is read to its end, so that who writes to it is never held up. */
  private static final class Output {
    private final InputStream stream;
    private final int most;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile byte[] kept = new byte[0];
    private volatile boolean tooMuch;
    private volatile boolean broken;

    Output(InputStream stream, int most) {
      this.stream = stream;
      this.most = most;
      Thread ignored = Thread.ofVirtual().name("exec-output").start(this::read);
    }

    private void read() {
      try (stream) {
        byte[] bytes = stream.readNBytes(most);
        tooMuch = stream.read() >= 0;
        kept = bytes;
      } catch (IOException ended) {
        broken = true;
      } finally {
        done.countDown();
      }
    }

    /** Waits for the end of the stream, or until there is too much; tells whether it came. */
    boolean await(Duration atMost) throws InterruptedException {
      return done.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean tooMuch() {
      return tooMuch;
    }

    byte[] bytes() throws IOException {
      if (broken) {
        throw new IOException("its output cannot be read");
      }
      return kept;
    }
  }
}
