package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of a template with one that is current and, where asked for, the one behind it. */
final class Tokens {

  private final Source source;
  private final Lexer lexer;
  private Token current;
  private @Nullable Token following;

  Tokens(Source source, Set<Trim> trim) throws TemplateException {
    this.source = source;
    this.lexer = new Lexer(source, trim);
    this.current = lexer.next();
  }

  Token current() {
    return current;
  }

  boolean is(Kind kind) {
    return current.is(kind);
  }

  boolean isName(String name) {
    return current.isName(name);
  }

  /** The token behind the current one. */
  Token look() throws TemplateException {
    Token ahead = following == null ? lexer.next() : following;
    following = ahead;
    return ahead;
  }

  /** Goes on to the next token; gives the one that was current. */
  Token next() throws TemplateException {
    Token was = current;
    current = look();
    following = null;
    return was;
  }

  boolean skipIf(Kind kind) throws TemplateException {
    if (is(kind)) {
      var _ = next();
      return true;
    }
    return false;
  }

  boolean skipIfName(String name) throws TemplateException {
    if (isName(name)) {
      var _ = next();
      return true;
    }
    return false;
  }

  /** Goes on, where the current token is of a kind; gives it. */
  Token expect(Kind kind) throws TemplateException {
    if (is(kind)) {
      return next();
    }
    throw unexpected(kind.shown());
  }

  Token expectName(String name) throws TemplateException {
    if (isName(name)) {
      return next();
    }
    throw unexpected("'" + name + "'");
  }

  /** The error that the current token is not what has to stand here. */
  TemplateException unexpected(String expected) {
    return error(current.at(), "unexpected %s (expected: %s)".formatted(current.shown(), expected));
  }

  TemplateException error(int at, String message) {
    return Mistake.at(source, at, message);
  }
}
