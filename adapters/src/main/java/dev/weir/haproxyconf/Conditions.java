package dev.weir.haproxyconf;

import dev.weir.handwritten.ConfException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The {@code .if} blocks of one file, as far as they are balanced: whether a condition holds, only
 * HAProxy knows. Used once, line by line.
 */
final class Conditions {

  private final Deque<Open> open = new ArrayDeque<>();

  /** A block whose {@code .endif} is still to come. */
  private record Open(Line begin, boolean inElse) {}

  /** Whether the next line stands in a block. */
  boolean inside() {
    return !open.isEmpty();
  }

  /**
   * Takes a line whose first word begins with a dot.
   *
   * @throws ConfException where it does not fit those before it
   */
  void take(Line line) {
    switch (line.keyword()) {
      case ".if" -> open.push(new Open(line, false));
      case ".elif" -> {
        Open block = block(line);
        if (block.inElse()) {
          throw problem(line, ".elif after .else (expected: .endif)");
        }
      }
      case ".else" -> {
        alone(line);
        Open block = block(line);
        if (block.inElse()) {
          throw problem(line, "a second .else (expected: .endif)");
        }
        var _ = open.pop();
        open.push(new Open(block.begin(), true));
      }
      case ".endif" -> {
        alone(line);
        var _ = block(line);
        var _ = open.pop();
      }
      case ".notice", ".warning", ".alert", ".diag" -> message(line);
      default -> unknown(line);
    }
  }

  private Open block(Line line) {
    return Optional.ofNullable(open.peek())
        .orElseThrow(() -> problem(line, line.keyword() + " without its .if"));
  }

  private static void alone(Line line) {
    if (line.words().size() > 1) {
      throw problem(line, line.keyword() + " with more behind it (expected: nothing)");
    }
  }

  /** HAProxy does not look at what it skips. */
  private void message(Line line) {
    if (!inside() && line.words().size() > 2) {
      throw problem(line, line.keyword() + " with more than one word (expected: quotes)");
    }
  }

  private void unknown(Line line) {
    if (!inside()) {
      throw problem(
          line,
          "unknown directive %s (expected: .if, .elif, .else, .endif, .notice, .warning, .alert or"
                  .formatted(line.keyword())
              + " .diag)");
    }
  }

  /**
   * Ends the file.
   *
   * @throws ConfException for a block without its end
   */
  void finish() {
    if (inside()) {
      throw problem(open.element().begin(), ".if without its .endif in the same file");
    }
  }

  private static ConfException problem(Line line, String message) {
    return new ConfException(
        line.number(), line.words().getFirst().start() - line.start() + 1, message);
  }
}
