package dev.weir.template.jinja.syntax;

import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.jinja.syntax.Operands.Empty;
import dev.weir.template.jinja.syntax.Operands.Items;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads text, output and statements up to the tag that ends them. */
final class Statements {

  /** Tags of the language that cannot be had here, because there are no other files. */
  private static final Set<String> LOADERS =
      Set.of("extends", "include", "import", "from", "block");

  private final Tokens tokens;
  private final Nesting nesting;
  private final Operators operators;
  private final Blocks blocks;

  /** The tags that are open, innermost first. */
  private final Deque<Token> open = new ArrayDeque<>();

  Statements(Tokens tokens) {
    this.tokens = tokens;
    this.nesting = new Nesting();
    this.operators = new Operators(tokens, nesting);
    this.blocks = new Blocks(tokens, operators, this);
  }

  /** A whole template. */
  List<Stmt> template() throws TemplateException {
    return upTo(List.of());
  }

  /** The rest of a tag, then all up to a tag of one of these names; that name is current then. */
  List<Stmt> body(String... ends) throws TemplateException {
    var _ = tokens.skipIf(Kind.COLON);
    var _ = tokens.expect(Kind.BLOCK_END);
    return upTo(List.of(ends));
  }

  /** As {@link #body}, and steps over the name that ends it. */
  List<Stmt> whole(String end) throws TemplateException {
    List<Stmt> body = body(end);
    var _ = tokens.next();
    return body;
  }

  private List<Stmt> upTo(List<String> ends) throws TemplateException {
    List<Stmt> statements = new ArrayList<>();
    while (!tokens.is(Kind.EOF)) {
      Token token = tokens.next();
      switch (token.kind()) {
        case DATA -> statements.add(new Stmt.Data(token.at(), Text.of(token.text())));
        case VARIABLE_BEGIN -> {
          Expr value = operators.operands().tuple(Items.EXPRESSIONS, Empty.REFUSED);
          var _ = tokens.expect(Kind.VARIABLE_END);
          statements.add(new Stmt.Output(value.at(), value));
        }
        default -> {
          if (ends.stream().anyMatch(tokens::isName)) {
            return statements;
          }
          statement(ends, statements);
          var _ = tokens.expect(Kind.BLOCK_END);
        }
      }
    }
    if (!ends.isEmpty()) {
      throw unclosed(ends);
    }
    return statements;
  }

  private TemplateException unclosed(List<String> ends) {
    Token tag = open.getFirst();
    return tokens.error(
        tokens.current().at(),
        "unexpected end of template (expected: %s for %s)".formatted(shown(ends), tag.shown()));
  }

  private static String shown(List<String> ends) {
    return "'" + String.join("' or '", ends) + "'";
  }

  private void statement(List<String> ends, List<Stmt> statements) throws TemplateException {
    Token tag = tokens.current();
    if (!tag.is(Kind.NAME)) {
      throw tokens.unexpected("the name of a tag");
    }
    nesting.enter(tokens);
    open.push(tag);
    switch (tag.text()) {
      case "for" -> statements.add(blocks.loop());
      case "if" -> statements.add(blocks.condition());
      case "set" -> statements.add(blocks.set());
      case "with" -> statements.add(blocks.with());
      case "filter" -> statements.add(blocks.filter());
      case "macro" -> statements.add(blocks.macro());
      case "call" -> statements.add(blocks.call());
      case "print" -> print(statements);
      default -> throw unknown(tag, ends);
    }
    var _ = open.pop();
    nesting.leave();
  }

  private void print(List<Stmt> statements) throws TemplateException {
    var _ = tokens.next();
    boolean first = true;
    while (!tokens.is(Kind.BLOCK_END)) {
      if (!first) {
        var _ = tokens.expect(Kind.COMMA);
      }
      first = false;
      Expr value = operators.expression();
      statements.add(new Stmt.Output(value.at(), value));
    }
  }

  private TemplateException unknown(Token tag, List<String> ends) {
    if (LOADERS.contains(tag.text())) {
      return tokens.error(
          tag.at(), tag.shown() + " is not supported: a template is one file, without any other");
    }
    if (tag.text().equals("autoescape")) {
      return tokens.error(
          tag.at(), "'autoescape' is not supported: use the filter 'escape' where it is needed");
    }
    @Nullable Token outer = open.stream().skip(1).findFirst().orElse(null);
    String hint =
        outer == null ? "" : " (expected: %s for %s)".formatted(shown(ends), outer.shown());
    return tokens.error(tag.at(), "unknown tag " + tag.shown() + hint);
  }
}
