package dev.weir.template.go;

import dev.weir.template.Place;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.go.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses one file into the templates that it defines, the one of its own name among them. */
final class Parser {
  /** How deep blocks may be nested. */
  private static final int DEPTH = 500;

  private final Source source;
  private final Function<String, @Nullable Callable> callables;
  private final TokenReader tokens;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private int depth;

  private Parser(Source source, Function<String, @Nullable Callable> callables) {
    this.source = source;
    this.callables = callables;
    this.tokens = new TokenReader(source.name(), new Lexer(source.text()));
  }

  /**
   * The templates of a file by name.
   *
   * @param callables the function of a name, or null
   */
  static Map<String, Definition> parse(
      Source source, Function<String, @Nullable Callable> callables) throws TemplateException {
    Parser parser = new Parser(source, callables);
    try {
      parser.file();
      return parser.definitions;
    } catch (SyntaxError error) {
      Place place = source.placeOfByte(error.position());
      throw new TemplateException(
          TemplateException.Kind.SYNTAX,
          source,
          place,
          "template: " + source.name() + ":" + error.line() + ": " + error.getMessage());
    }
  }

  private void file() throws SyntaxError {
    List<Node.Statement> statements = new ArrayList<>();
    Block block = new Block();
    while (tokens.peek().kind() != Kind.END_OF_TEXT) {
      if (tokens.peek().kind() == Kind.LEFT_DELIMITER) {
        Token delimiter = tokens.next();
        if (tokens.nextNonSpace().kind() == Kind.DEFINE) {
          definition();
          continue;
        }
        tokens.back(delimiter);
      }
      Parsed parsed = block.textOrAction();
      if (parsed.end != null) {
        throw tokens.error("unexpected " + parsed.end.shown);
      }
      statements.add(parsed.statement());
    }
    add(source.name(), new Node.Sequence(statements));
  }

  private void definition() throws SyntaxError {
    String context = "define clause";
    Token literal = tokens.nextNonSpace();
    if (literal.kind() != Kind.STRING && literal.kind() != Kind.RAW_STRING) {
      throw tokens.unexpected(literal, context);
    }
    Block block = new Block();
    String name = block.pipelines.unquoted(literal).toString();
    tokens.expect(Kind.RIGHT_DELIMITER, context);
    add(name, block.untilEnd(context));
  }

  /** Adds a template; one without content neither replaces another nor resists it. */
  private void add(String name, Node.Sequence sequence) throws SyntaxError {
    Definition defined = definitions.get(name);
    Definition added = new Definition(name, source, sequence);
    if (defined == null || defined.isEmpty()) {
      definitions.put(name, added);
    } else if (!added.isEmpty()) {
      throw tokens.error("template: multiple definition of template " + Quoting.quote(name));
    }
  }

  /** What ends a sequence. */
  private enum End {
    END("{{end}}"),
    ELSE("{{else}}");

    private final String shown;

    End(String shown) {
      this.shown = shown;
    }
  }

  /** A statement, or the end of the sequence. */
  private record Parsed(Node.@Nullable Statement some, @Nullable End end) {
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

  /** One template, which knows nothing of the variables and ranges around it. */
  private final class Block {
    private final Scope scope = new Scope();
    private final PipelineParser pipelines = new PipelineParser(tokens, callables, scope);
    private int ranges;

    Node.Sequence untilEnd(String context) throws SyntaxError {
      Sequenced body = sequence();
      if (body.end != End.END) {
        throw tokens.error("unexpected " + body.end.shown + " in " + context);
      }
      return body.sequence;
    }

    private Sequenced sequence() throws SyntaxError {
      if (++depth > DEPTH) {
        throw tokens.error("more than " + DEPTH + " blocks inside each other");
      }
      List<Node.Statement> statements = new ArrayList<>();
      while (tokens.peekNonSpace().kind() != Kind.END_OF_TEXT) {
        Parsed parsed = textOrAction();
        if (parsed.end != null) {
          depth--;
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
      if (++depth > DEPTH) {
        throw tokens.error("more than " + DEPTH + " blocks inside each other");
      }
      Node.Branch branch = branch(Node.Branch.Keyword.IF, "if");
      depth--;
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
      add(name, new Block().untilEnd(context));
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

    private String templateName(Token literal, String context) throws SyntaxError {
      if (literal.kind() != Kind.STRING && literal.kind() != Kind.RAW_STRING) {
        throw tokens.unexpected(literal, context);
      }
      return pipelines.unquoted(literal).toString();
    }
  }
}
