package dev.weir.template.go;

import dev.weir.template.Place;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.go.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    BlockParser block = new BlockParser(this, tokens);
    while (tokens.peek().kind() != Kind.END_OF_TEXT) {
      if (tokens.peek().kind() == Kind.LEFT_DELIMITER) {
        Token delimiter = tokens.next();
        if (tokens.nextNonSpace().kind() == Kind.DEFINE) {
          definition();
          continue;
        }
        tokens.back(delimiter);
      }
      BlockParser.Parsed parsed = block.textOrAction();
      if (parsed.end() != null) {
        throw tokens.error("unexpected " + parsed.end().shown());
      }
      statements.add(parsed.statement());
    }
    add(source.name(), new Node.Sequence(statements), tokens);
  }

  private void definition() throws SyntaxError {
    String context = "define clause";
    TokenReader inside = tokens.nested();
    BlockParser block = new BlockParser(this, inside);
    String name = block.templateName(inside.nextNonSpace(), context);
    inside.expect(Kind.RIGHT_DELIMITER, context);
    Node.Sequence sequence = block.sequenceOf(context, inside);
    add(name, sequence, inside);
  }

  Function<String, @Nullable Callable> callables() {
    return callables;
  }

  /** Goes into a block; every call that ends well is followed by one of {@link #leave}. */
  void enter(TokenReader at) throws SyntaxError {
    if (++depth > DEPTH) {
      throw at.error("more than " + DEPTH + " blocks inside each other");
    }
  }

  void leave() {
    depth--;
  }

  /** Adds a template; one without content neither replaces another nor resists it. */
  void add(String name, Node.Sequence sequence, TokenReader at) throws SyntaxError {
    Definition defined = definitions.get(name);
    Definition added = new Definition(name, source, sequence);
    if (defined == null || defined.isEmpty()) {
      definitions.put(name, added);
    } else if (!added.isEmpty()) {
      throw at.error("template: multiple definition of template " + Quoting.quote(name));
    }
  }
}
