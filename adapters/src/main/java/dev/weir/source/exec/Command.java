package dev.weir.source.exec;

import dev.weir.memberlist.ListReport;
import dev.weir.net.Questions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of a command: its output, or why there is none. Whatever it started ends with it. */
final class Command {

  /** The most that is kept of what a command complains about. */
  private static final int COMPLAINT = 4096;

  /** How long what belongs to an ended command may take to end as well. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

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
    Questions.asked();
    Process process = new ProcessBuilder(inItsOwnGroup()).start();
    try {
      process.getOutputStream().close();
      Output output = new Output(process.getInputStream(), ListReport.LARGEST);
      Output complaint = new Output(process.getErrorStream(), COMPLAINT);
      boolean ended = output.await(timeout) && process.waitFor(A_MOMENT);
      if (output.tooMuch()) {
        end(process);
        throw new IOException(
            "%s: more than %d MiB of output".formatted(this, ListReport.LARGEST / 1024 / 1024));
      }
      if (!ended) {
        end(process);
        throw new IOException("%s: still runs after %d ms".formatted(this, timeout.toMillis()));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s: exit code %d%s".formatted(this, process.exitValue(), lastLine(complaint)));
      }
      return output.bytes();
    } catch (InterruptedException interrupted) {
      end(process);
      throw interrupted;
    }
  }

  /** What it starts belongs to its group, also when it has ended before. */
  private List<String> inItsOwnGroup() {
    List<String> all = new ArrayList<>(List.of("setsid"));
    all.addAll(words);
    return all;
  }

  /** Ends the command and all that it has started and not let go of. */
  private static void end(Process process) throws IOException {
    process.destroyForcibly();
    Process ignored =
        new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private static String lastLine(Output complaint) throws IOException, InterruptedException {
    if (!complaint.await(A_MOMENT)) {
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
        kept = stream.readNBytes(most);
        tooMuch = stream.read() >= 0;
        if (tooMuch) {
          done.countDown();
          long ignored = stream.transferTo(OutputStream.nullOutputStream());
        }
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
