package dev.weir.template.go;

import dev.weir.template.go.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses the statements of one template, which knows nothing of the variables and ranges around it.
 */
final class BlockParser {
  /** What ends a sequence. */
  enum End {
    END("{{end}}"),
    ELSE("{{else}}");

    private final String shown;

    End(String shown) {
      this.shown = shown;
    }

    /** As errors name it. */
    String shown() {
      return shown;
    }
  }

  /** A statement, or the end of the sequence. */
  record Parsed(Node.@Nullable Statement some, @Nullable End end) {
    static Parsed of(Node.Statement statement) {
      return new Parsed(statement, null);
    }

    static Parsed of(End end) {
      return new Parsed(null, end);
    }

    Node.Statement statement() {
      return Objects.requireNonNull(some);
    }
  }

  /** The statements of a sequence and what ended it. */
  private record Sequenced(Node.Sequence sequence, End end) {}

  private final Parser parser;
  private final TokenReader tokens;
  private final Scope scope = new Scope();
  private final PipelineParser pipelines;
  private int ranges;

  BlockParser(Parser parser, TokenReader tokens) {
    this.parser = parser;
    this.tokens = tokens;
    this.pipelines = new PipelineParser(tokens, parser.callables(), scope);
  }

  /**
   * The whole of a template, up to its end.
   *
   * @param outside where an end of another kind is an error of
   */
  Node.Sequence sequenceOf(String context, TokenReader outside) throws SyntaxError {
    Sequenced body = sequence();
    if (body.end != End.END) {
      throw outside.error("unexpected " + body.end.shown + " in " + context);
    }
    return body.sequence;
  }

  private Sequenced sequence() throws SyntaxError {
    parser.enter(tokens);
    List<Node.Statement> statements = new ArrayList<>();
    while (tokens.peekNonSpace().kind() != Kind.END_OF_TEXT) {
      Parsed parsed = textOrAction();
      if (parsed.end != null) {
        parser.leave();
        return new Sequenced(new Node.Sequence(statements), parsed.end);
      }
      statements.add(parsed.statement());
    }
    throw tokens.error("unexpected EOF");
  }

  Parsed textOrAction() throws SyntaxError {
    Token token = tokens.nextNonSpace();
    if (token.kind() == Kind.TEXT) {
      return Parsed.of(new Node.TextNode(token.position(), token.text()));
    }
    if (token.kind() != Kind.LEFT_DELIMITER) {
      throw tokens.unexpected(token, "input");
    }
    tokens.beginAction(token);
    Parsed parsed = action();
    tokens.endAction();
    return parsed;
  }

  private Parsed action() throws SyntaxError {
    Token token = tokens.nextNonSpace();
    int position = token.position();
    return switch (token.kind()) {
      case BLOCK -> Parsed.of(block());
      case BREAK -> {
        checkLoop("{{break}}");
        yield Parsed.of(new Node.Break(position));
      }
      case CONTINUE -> {
        checkLoop("{{continue}}");
        yield Parsed.of(new Node.Continue(position));
      }
      case ELSE -> otherwise();
      case END -> {
        tokens.expect(Kind.RIGHT_DELIMITER, "end");
        yield Parsed.of(End.END);
      }
      case IF -> Parsed.of(branch(Node.Branch.Keyword.IF, "if"));
      case WITH -> Parsed.of(branch(Node.Branch.Keyword.WITH, "with"));
      case RANGE -> Parsed.of(range());
      case TEMPLATE -> Parsed.of(invocation());
      default -> {
        tokens.back();
        int first = tokens.peek().position();
        yield Parsed.of(
            new Node.Action(first, pipelines.pipeline("command", Kind.RIGHT_DELIMITER)));
      }
    };
  }

  private void checkLoop(String shown) throws SyntaxError {
    Token token = tokens.nextNonSpace();
    if (token.kind() != Kind.RIGHT_DELIMITER) {
      throw tokens.unexpected(token, shown);
    }
    if (ranges == 0) {
      throw tokens.error(shown + " outside {{range}}");
    }
  }

  /** {@code else}; where an {@code if} follows, that is left for {@link #body}. */
  private Parsed otherwise() throws SyntaxError {
    if (tokens.peekNonSpace().kind() != Kind.IF) {
      tokens.expect(Kind.RIGHT_DELIMITER, "else");
    }
    return Parsed.of(End.ELSE);
  }

  private Node.Branch branch(Node.Branch.Keyword keyword, String context) throws SyntaxError {
    int entered = scope.enter();
    Node.Pipeline pipeline = pipelines.pipeline(context, Kind.RIGHT_DELIMITER);
    Sequenced then = sequence();
    Node.Body body =
        keyword == Node.Branch.Keyword.IF && then.end == End.ELSE && elseIf()
            ? new Node.Body(then.sequence, elseBranch())
            : body(then);
    scope.leave(entered);
    return new Node.Branch(pipeline.position(), keyword, pipeline, body);
  }

  private boolean elseIf() {
    return tokens.peek().kind() == Kind.IF;
  }

  private Node.Sequence elseBranch() throws SyntaxError {
    tokens.next();
    parser.enter(tokens);
    Node.Branch branch = branch(Node.Branch.Keyword.IF, "if");
    parser.leave();
    return new Node.Sequence(List.of(branch));
  }

  private Node.Range range() throws SyntaxError {
    int entered = scope.enter();
    Node.Pipeline pipeline = pipelines.pipeline("range", Kind.RIGHT_DELIMITER);
    ranges++;
    Sequenced then = sequence();
    ranges--;
    Node.Body body = body(then);
    scope.leave(entered);
    return new Node.Range(pipeline.position(), pipeline, body);
  }

  private Node.Body body(Sequenced then) throws SyntaxError {
    if (then.end == End.END) {
      return new Node.Body(then.sequence, null);
    }
    Sequenced otherwise = sequence();
    if (otherwise.end != End.END) {
      throw tokens.error("expected end; found " + otherwise.end.shown);
    }
    return new Node.Body(then.sequence, otherwise.sequence);
  }

  private Node.Invocation block() throws SyntaxError {
    String context = "block clause";
    Token literal = tokens.nextNonSpace();
    String name = templateName(literal, context);
    Node.Pipeline data = pipelines.pipeline(context, Kind.RIGHT_DELIMITER);
    TokenReader inside = tokens.nested();
    Node.Sequence sequence = new BlockParser(parser, inside).sequenceOf(context, tokens);
    parser.add(name, sequence, inside);
    return new Node.Invocation(literal.position(), name, data);
  }

  private Node.Invocation invocation() throws SyntaxError {
    String context = "template clause";
    Token literal = tokens.nextNonSpace();
    String name = templateName(literal, context);
    if (tokens.nextNonSpace().kind() == Kind.RIGHT_DELIMITER) {
      return new Node.Invocation(literal.position(), name, null);
    }
    tokens.back();
    Node.Pipeline data = pipelines.pipeline(context, Kind.RIGHT_DELIMITER);
    return new Node.Invocation(literal.position(), name, data);
  }

  /** The name that a literal stands for. */
  String templateName(Token literal, String context) throws SyntaxError {
    if (literal.kind() != Kind.STRING && literal.kind() != Kind.RAW_STRING) {
      throw tokens.unexpected(literal, context);
    }
    return pipelines.unquoted(literal).toString();
  }
}
