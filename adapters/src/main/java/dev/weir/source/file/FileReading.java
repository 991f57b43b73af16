package dev.weir.source.file;

import dev.weir.folders.BoundedReading;
import dev.weir.folders.Stamp;
import dev.weir.memberlist.ListReport;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.net.Questions;
import dev.weir.spi.SourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes reports of a file's content. It keeps the bytes of the last one, so that reading a file
 * again that has not changed costs no parsing. Used by one thread.
 */
final class FileReading {

  private final Path path;
  private final SourceType.Context context;

  /** What was read last, and what it says. */
  private Optional<Known> known = Optional.empty();

  private static final class Known {
    private final byte[] bytes;
    private final SourceReport report;

    private Known(byte[] bytes, SourceReport report) {
      this.bytes = bytes;
      this.report = report;
    }
  }

  FileReading(Path path, SourceType.Context context) {
    this.path = path;
    this.context = context;
  }

  /** What the file says; {@code Unavailable} when it cannot be read or understood in full. */
  SourceReport read() throws InterruptedException {
    Questions.asked();
    try {
      byte[] bytes = bytes();
      if (known.isEmpty() || !Arrays.equals(known.get().bytes, bytes)) {
        known = Optional.of(new Known(bytes, report(bytes)));
      }
      return known.get().report;
    } catch (IOException unreadable) {
      return new Unavailable(Stamp.reason(path, unreadable));
    }
  }

  private byte[] bytes() throws IOException, InterruptedException {
    return BoundedReading.of(path, ListReport.LARGEST + 1);
  }

  private SourceReport report(byte[] bytes) {
    return bytes.length == 0
        ? new Unavailable(path + ": empty file (to say that there are no members, write [])")
        : ListReport.of(path.toString(), bytes, context);
  }
}
