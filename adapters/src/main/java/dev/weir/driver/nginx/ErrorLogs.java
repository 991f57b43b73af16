package dev.weir.driver.nginx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an nginx master writes to its log files from now on. A reload that fails is told nowhere
 * else; which files these are, the master's open files tell.
 */
final class ErrorLogs {

  private static final int MOST_BYTES = 1 << 20;

  /** Says nothing. */
  static final ErrorLogs NONE = new ErrorLogs(0, List.of());

  private final Map<Path, Long> sizes = new HashMap<>();
  private final Pattern emergency;

  /** From now on. */
  ErrorLogs(Master master) {
    this(Processes.inner(master.pid()), Processes.openFiles(master.pid()));
  }

  private ErrorLogs(long master, List<Path> files) {
    emergency = Pattern.compile("\\[emerg] %d#[0-9]+: (.*)".formatted(master));
    for (Path file : files) {
      try {
        sizes.put(file, Files.size(file));
      } catch (IOException rotatedAway) {
        // nothing will be added to it
      }
    }
  }

  /** The first emergency that the master has logged since; absent also where it cannot be read. */
  Optional<String> emergency() {
    for (Map.Entry<Path, Long> entry : sizes.entrySet()) {
      Matcher matcher = emergency.matcher(growth(entry.getKey(), entry.getValue()));
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private static String growth(Path file, long since) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(channel.size() - since, 0, MOST_BYTES));
      int read = channel.read(buffer, since);
      return new String(buffer.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
