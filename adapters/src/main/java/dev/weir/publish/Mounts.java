package dev.weir.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What is mounted on this machine, as this process sees it. */
final class Mounts {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final int PLACE = 4;

  private Mounts() {}

  /** Whether something is mounted at this very path; false also where that is not told. */
  static boolean isMountPoint(Path path) {
    String place = escaped(path.toAbsolutePath().normalize().toString());
    try {
      return Files.readString(TABLE, StandardCharsets.ISO_8859_1)
          .lines()
          .map(line -> line.split(" ", PLACE + 2))
          .anyMatch(words -> words.length > PLACE && words[PLACE].equals(place));
    } catch (IOException notTold) {
      return false;
    }
  }

  /** Blanks and backslashes stand in the table as three octal digits. */
  private static String escaped(String path) {
    StringBuilder text = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b != ' ' && b != '\t' && b != '\n' && b != '\\';
      text.append(
          plain ? String.valueOf((char) (b & 0xff)) : String.format(Locale.ROOT, "\\%03o", b));
    }
    return text.toString();
  }
}
