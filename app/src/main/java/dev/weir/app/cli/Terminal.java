package dev.weir.app.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What output is shown on.
 *
 * @param width in columns; absent where it is no terminal, then nothing is cut
 * @param colour whether words may be coloured
 */
public record Terminal(OptionalInt width, Colour colour) {

  /** Whether words may be coloured. */
  public enum Colour {
    NEVER,
    SOME
  }

  /** A file or a pipe. */
  public static final Terminal NONE = new Terminal(OptionalInt.empty(), Colour.NEVER);

  private static final String MORE = "            | ";

  private static final Set<String> GOOD = Set.of("ready", "up", "yes", "running", "applied");
  private static final Set<String> BAD =
      Set.of("maint", "absent", "down", "no", "unreachable", "not_running", "rejected", "failed");
  private static final Set<String> DOUBTFUL =
      Set.of("drain", "kept", "held", "unknown", "waiting", "behind", "would_apply");

  @SuppressWarnings("SystemConsoleNull") // this one is null where there is no terminal
  static Terminal ofProcess(Map<String, String> environment) {
    // the console that every JDK has; the richer one costs a tenth of a second to load
    if (System.getProperty("jdk.console") == null) {
      var _ = System.setProperty("jdk.console", "java.base");
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return NONE;
    }
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(width(environment), plain ? Colour.NEVER : Colour.SOME);
  }

  /** A word in the colour of what it means; as it is where it means nothing or must be plain. */
  String coloured(String word, String text) {
    String code = GOOD.contains(word) ? "32" : BAD.contains(word) ? "31" : "33";
    boolean meant = GOOD.contains(word) || BAD.contains(word) || DOUBTFUL.contains(word);
    return colour == Colour.SOME && meant ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** As {@link #safe}, line by line. */
  static String safeLines(String text) {
    return text.lines().map(line -> safe(line) + "\n").collect(Collectors.joining());
  }

  /**
   * As {@link #safe}, each further line below the first behind a bar, so that nobody takes it for
   * output of its own: an error that shows a line with a caret keeps both where they belong.
   */
  static String block(String text) {
    return text.lines().map(Terminal::safe).collect(Collectors.joining("\n" + MORE));
  }

  /**
   * Foreign text made harmless: control characters, which could move the cursor or pretend to be
   * other output, and those that reverse the direction of text are shown as escapes.
   */
  static String safe(String text) {
    if (text.codePoints().noneMatch(Terminal::dangerous)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (dangerous(c)) {
            out.append(c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean dangerous(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  private static OptionalInt width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{1,4}") ? positive(columns) : asked();
  }

  /** As the terminal itself says. */
  private static OptionalInt asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (stty.waitFor(1, TimeUnit.SECONDS) && answer.matches("[0-9]+ [0-9]{1,4}\\s*")) {
        return positive(answer.strip().substring(answer.indexOf(' ') + 1));
      }
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OptionalInt.empty();
  }

  private static OptionalInt positive(String digits) {
    int number = Integer.parseInt(digits);
    return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
