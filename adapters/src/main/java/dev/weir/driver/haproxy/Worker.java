package dev.weir.driver.haproxy;

import dev.weir.model.Fingerprint;
import dev.weir.model.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The process that answers on the admin socket, as it says itself.
 *
 * @param stopping whether it only finishes what it has, because another took over
 * @param epoch the variable of Weir's file with which it was loaded
 */
record Worker(long pid, String version, boolean stopping, Optional<Fingerprint> epoch) {

  private static final Pattern EPOCH = Pattern.compile("[0-9a-f]{32}");

  /** What to ask to get one. */
  static List<String> questions(String variable) {
    return List.of("show info", "show env " + variable);
  }

  /**
   * Reads the answers to {@link #questions}.
   *
   * @throws IOException when they are not an HAProxy's, or the socket's level is too low
   */
  static Worker read(String variable, String info, String env) throws IOException {
    if (env.startsWith("Permission denied")) {
      throw new IOException("permission denied (expected: a stats socket of level admin)");
    }
    if (!info.startsWith("Name: HAProxy")) {
      String start = info.lines().findFirst().orElse("");
      throw new IOException(
          "whoever answers is no HAProxy: %s (expected: Name: HAProxy)"
              .formatted(Quoted.of(start)));
    }
    String value = env.startsWith(variable + "=") ? env.substring(variable.length() + 1) : "";
    return new Worker(
        number(info, "Pid"),
        field(info, "Version"),
        field(info, "Stopping").equals("1"),
        EPOCH.matcher(value).matches() ? Optional.of(new Fingerprint(value)) : Optional.empty());
  }

  private static long number(String info, String name) throws IOException {
    try {
      return Long.parseLong(field(info, name));
    } catch (NumberFormatException e) {
      throw new IOException("show info without " + name, e);
    }
  }

  private static String field(String info, String name) {
    String key = "\n" + name + ": ";
    int at = info.indexOf(key);
    if (at < 0) {
      return "";
    }
    int end = info.indexOf('\n', at + 1);
    return info.substring(at + key.length(), end < 0 ? info.length() : end).strip();
  }
}
