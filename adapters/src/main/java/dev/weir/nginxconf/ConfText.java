package dev.weir.nginxconf;

import dev.weir.handwritten.ConfException;
import dev.weir.nginxconf.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One file of an nginx configuration, taken apart. The text itself is kept: what is not changed is
 * written back byte for byte.
 */
public record ConfText(String text, List<Directive> directives) {

  public ConfText {
    directives = List.copyOf(directives);
  }

  /**
   * Takes a file's text apart.
   *
   * @throws ConfException for what is no nginx configuration
   */
  public static ConfText parse(String text) {
    Reader reader = new Reader();
    List<Token> tokens = Tokens.of(text);
    for (int i = 0; i < tokens.size(); i++) {
      reader.take(tokens.get(i), remark(tokens, i));
    }
    return new ConfText(text, reader.finish());
  }

  private static String remark(List<Token> tokens, int i) {
    if (i + 1 == tokens.size()) {
      return "";
    }
    Token next = tokens.get(i + 1);
    return next.is(Kind.COMMENT) && next.line() == tokens.get(i).line() ? next.text() : "";
  }

  /** A block whose end is still to come. */
  private record Open(List<Token> words, List<Directive> inside) {}

  /** Puts directives together. Nesting has no limit, so it is kept in a list and not the stack. */
  private static final class Reader {
    private final Deque<Open> open = new ArrayDeque<>();
    private List<Token> words = new ArrayList<>();
    private List<Directive> directives = new ArrayList<>();

    void take(Token token, String remark) {
      switch (token.kind()) {
        case WORD -> words.add(token);
        case COMMENT, BODY -> {}
        case END -> {
          begun(token, ";");
          directives.add(new Directive(words, List.of(), token, remark));
          words = new ArrayList<>();
        }
        case OPEN -> {
          begun(token, "{");
          open.push(new Open(words, directives));
          words = new ArrayList<>();
          directives = new ArrayList<>();
        }
        case CLOSE -> close(token, remark);
      }
    }

    private void close(Token token, String remark) {
      if (!words.isEmpty() || open.isEmpty()) {
        throw unexpected(token, "}", words.isEmpty() ? "a directive, or the end" : "; or {");
      }
      Open block = open.pop();
      block.inside().add(new Directive(block.words(), directives, token, remark));
      directives = block.inside();
    }

    private void begun(Token token, String shown) {
      if (words.isEmpty()) {
        throw unexpected(token, shown, "a directive");
      }
    }

    List<Directive> finish() {
      if (!words.isEmpty()) {
        throw endless(words.getFirst(), "has no end (expected: ; or {)");
      }
      if (!open.isEmpty()) {
        throw endless(open.peek().words().getFirst(), "{ has no end (expected: its })");
      }
      return directives;
    }

    private static ConfException endless(Token name, String what) {
      return new ConfException(
          name.line(), name.span().column(), "'%s' %s".formatted(name.text(), what));
    }

    private static ConfException unexpected(Token token, String shown, String expected) {
      return new ConfException(
          token.line(),
          token.span().column(),
          "unexpected '%s' (expected: %s)".formatted(shown, expected));
    }
  }
}
