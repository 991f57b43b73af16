package dev.weir.app.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What output is shown on.
 *
 * @param width in columns; absent where it is no terminal, then nothing is cut
 * @param height in lines; absent where it is no terminal, or does not say
 * @param colour whether words may be coloured
 */
public record Terminal(OptionalInt width, OptionalInt height, Colour colour) {

  /** Whether words may be coloured. */
  public enum Colour {
    NEVER,
    SOME
  }

  /** A file or a pipe. */
  public static final Terminal NONE =
      new Terminal(OptionalInt.empty(), OptionalInt.empty(), Colour.NEVER);

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
    List<OptionalInt> size = size(environment);
    return new Terminal(size.getLast(), size.getFirst(), plain ? Colour.NEVER : Colour.SOME);
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

  /** Lines and columns, each as the environment says, else as the terminal itself does. */
  private static List<OptionalInt> size(Map<String, String> environment) {
    List<OptionalInt> said =
        Stream.of("LINES", "COLUMNS")
            .map(name -> positive(environment.getOrDefault(name, "")))
            .toList();
    if (said.stream().allMatch(OptionalInt::isPresent)) {
      return said;
    }
    List<OptionalInt> asked = asked();
    return IntStream.range(0, said.size())
        .mapToObj(i -> said.get(i).isPresent() ? said.get(i) : asked.get(i))
        .toList();
  }

  /** As the terminal itself says. */
  private static List<OptionalInt> asked() {
    List<OptionalInt> unknown = List.of(OptionalInt.empty(), OptionalInt.empty());
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(1, TimeUnit.SECONDS) && answer.matches("[0-9]+ [0-9]+\\s*")
          ? Stream.of(answer.strip().split(" ")).map(Terminal::positive).toList()
          : unknown;
    } catch (IOException e) {
      return unknown;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown;
    }
  }

  private static OptionalInt positive(String digits) {
    return digits.matches("[1-9][0-9]{0,3}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }
}
