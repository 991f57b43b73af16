package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.Text;
import dev.weir.template.go.NumberLiteral.BadNumber;
import dev.weir.template.go.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses what stands inside an action: pipelines of commands of words. */
final class PipelineParser {
  /** How deep parentheses may be nested. */
  private static final int DEPTH = 500;

  private final TokenReader tokens;
  private final Function<String, @Nullable Callable> callables;
  private final Scope scope;
  private int depth;

  PipelineParser(TokenReader tokens, Function<String, @Nullable Callable> callables, Scope scope) {
    this.tokens = tokens;
    this.callables = callables;
    this.scope = scope;
  }

  /** A pipeline up to and with the token that ends it. */
  Node.Pipeline pipeline(String context, Kind end) throws SyntaxError {
    int position = tokens.peekNonSpace().position();
    Node.Assignment assignment = assignment(context);
    List<Node.Command> commands = new ArrayList<>();
    Token token = tokens.nextNonSpace();
    for (; token.kind() != end; token = tokens.nextNonSpace()) {
      if (!startsOperand(token)) {
        throw tokens.unexpected(token, context);
      }
      tokens.back();
      commands.add(command());
    }
    check(commands, context);
    return new Node.Pipeline(position, assignment, commands);
  }

  private static boolean startsOperand(Token token) {
    return switch (token.kind()) {
      case BOOL,
          CHARACTER_CONSTANT,
          COMPLEX,
          DOT,
          FIELD,
          IDENTIFIER,
          NUMBER,
          NIL,
          RAW_STRING,
          STRING,
          VARIABLE,
          LEFT_PARENTHESIS ->
          true;
      default -> false;
    };
  }

  private void check(List<Node.Command> commands, String context) throws SyntaxError {
    if (commands.isEmpty()) {
      throw tokens.error("missing value for " + context);
    }
    for (int stage = 1; stage < commands.size(); stage++) {
      switch (commands.get(stage).words().getFirst()) {
        case Node.Constant _, Node.Dot _, Node.Nil _, Node.Numeral _ ->
            throw tokens.error("non executable command in pipeline stage " + (stage + 1));
        case Node.Identifier _,
            Node.Variable _,
            Node.FieldPath _,
            Node.Chain _,
            Node.Pipeline _ -> {
          // Can be given a value, as far as anybody knows here.
        }
      }
    }
  }

  /** The variables before {@code :=} or {@code =}, if any. */
  private Node.Assignment assignment(String context) throws SyntaxError {
    List<String> variables = new ArrayList<>(2);
    Node.Assignment.Kind kind = Node.Assignment.Kind.DECLARES;
    while (tokens.peekNonSpace().kind() == Kind.VARIABLE) {
      Token variable = tokens.next();
      Token after = tokens.peek();
      Token next = tokens.peekNonSpace();
      if (next.kind() == Kind.ASSIGN || next.kind() == Kind.DECLARE) {
        kind =
            next.kind() == Kind.ASSIGN
                ? Node.Assignment.Kind.ASSIGNS
                : Node.Assignment.Kind.DECLARES;
        tokens.nextNonSpace();
        declare(variable, variables);
        break;
      }
      if (next.kind() == Kind.CHARACTER && next.word().equals(",")) {
        tokens.nextNonSpace();
        declare(variable, variables);
        checkSecond(context, variables);
        continue;
      }
      if (after.kind() == Kind.SPACE) {
        tokens.back(variable, after);
      } else {
        tokens.back(variable);
      }
      break;
    }
    return new Node.Assignment(kind, variables);
  }

  private void declare(Token variable, List<String> variables) {
    variables.add(variable.word());
    scope.declare(variable.word());
  }

  private void checkSecond(String context, List<String> variables) throws SyntaxError {
    if (!context.equals("range") || variables.size() >= 2) {
      throw tokens.error("too many declarations in " + context);
    }
    switch (tokens.peekNonSpace().kind()) {
      case VARIABLE, RIGHT_DELIMITER, RIGHT_PARENTHESIS -> {
        // The second variable, or an end that is reported as such.
      }
      default -> throw tokens.error("range can only initialize variables");
    }
  }

  private Node.Command command() throws SyntaxError {
    int position = tokens.peekNonSpace().position();
    List<Node.Operand> words = new ArrayList<>();
    boolean more = true;
    while (more) {
      tokens.peekNonSpace();
      Node.Operand operand = operand();
      if (operand != null) {
        words.add(operand);
      }
      Token token = tokens.next();
      switch (token.kind()) {
        case SPACE -> {
          // Another word may follow.
        }
        case RIGHT_DELIMITER, RIGHT_PARENTHESIS -> {
          tokens.back();
          more = false;
        }
        case PIPE -> more = false;
        default -> throw tokens.unexpected(token, "operand");
      }
    }
    if (words.isEmpty()) {
      throw tokens.error("empty command");
    }
    return new Node.Command(position, words);
  }

  /** A term and the fields behind it, or null where there is none. */
  private Node.@Nullable Operand operand() throws SyntaxError {
    Node.Operand term = term();
    if (term == null || tokens.peek().kind() != Kind.FIELD) {
      return term;
    }
    int position = tokens.peek().position();
    List<Node.Field> fields = new ArrayList<>();
    while (tokens.peek().kind() == Kind.FIELD) {
      fields.add(field(tokens.next()));
    }
    return switch (term) {
      case Node.FieldPath path -> {
        fields.addAll(0, path.fields());
        yield new Node.FieldPath(position, fields);
      }
      case Node.Variable variable -> new Node.Variable(position, variable.name(), fields);
      case Node.Constant _, Node.Numeral _, Node.Nil _, Node.Dot _ ->
          throw tokens.error("unexpected . after term " + Quoting.quote(Printer.print(term)));
      case Node.Identifier _, Node.Chain _, Node.Pipeline _ ->
          new Node.Chain(position, term, fields);
    };
  }

  private static Node.Field field(Token token) {
    return new Node.Field(token.word().substring(1));
  }

  private Node.@Nullable Operand term() throws SyntaxError {
    Token token = tokens.nextNonSpace();
    int position = token.position();
    return switch (token.kind()) {
      case IDENTIFIER -> function(token);
      case DOT -> new Node.Dot(position);
      case NIL -> new Node.Nil(position);
      case VARIABLE -> variable(token);
      case FIELD -> new Node.FieldPath(position, List.of(field(token)));
      case BOOL -> new Node.Constant(position, Bool.of(token.word().equals("true")), token.text());
      case CHARACTER_CONSTANT, COMPLEX, NUMBER -> number(token);
      case LEFT_PARENTHESIS -> parenthesized();
      case STRING, RAW_STRING -> new Node.Constant(position, unquoted(token), token.text());
      default -> {
        tokens.back();
        yield null;
      }
    };
  }

  private Node.Pipeline parenthesized() throws SyntaxError {
    if (++depth > DEPTH) {
      throw tokens.error("more than " + DEPTH + " parentheses inside each other");
    }
    Node.Pipeline pipeline = pipeline("parenthesized pipeline", Kind.RIGHT_PARENTHESIS);
    depth--;
    return pipeline;
  }

  private Node.Identifier function(Token token) throws SyntaxError {
    Callable callable = callables.apply(token.word());
    if (callable == null) {
      throw tokens.error("function " + Quoting.quote(token.word()) + " not defined");
    }
    return new Node.Identifier(token.position(), token.word(), callable);
  }

  private Node.Variable variable(Token token) throws SyntaxError {
    if (!scope.knows(token.word())) {
      throw tokens.error("undefined variable " + Quoting.quote(token.word()));
    }
    return new Node.Variable(token.position(), token.word(), List.of());
  }

  private Node.Numeral number(Token token) throws SyntaxError {
    try {
      return new Node.Numeral(token.position(), NumberLiteral.of(token));
    } catch (BadNumber bad) {
      throw tokens.error(String.valueOf(bad.getMessage()));
    }
  }

  /** The text that a literal stands for. */
  Text unquoted(Token token) throws SyntaxError {
    Text text = Quoting.unquote(token.text());
    if (text == null) {
      throw tokens.error("invalid syntax");
    }
    return text;
  }
}
