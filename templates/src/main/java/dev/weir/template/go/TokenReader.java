package dev.weir.template.go;

import dev.weir.template.Text;
import dev.weir.template.go.Token.Kind;
import java.util.Arrays;

/**
 * Tokens with up to three of them put back. The line of an error is that of the newest token in the
 * first place, which is why there are places and not a queue.
 */
final class TokenReader {
  private static final int PLACES = 3;

  private final String name;
  private final Lexer lexer;
  private final Token[] places;
  private int waiting;
  private int actionLine;

  TokenReader(String name, Lexer lexer) {
    this.name = name;
    this.lexer = lexer;
    this.places = new Token[PLACES];
    Arrays.fill(places, new Token(Kind.END_OF_TEXT, 0, 1, Text.EMPTY));
  }

  /** A reader that goes on here and remembers nothing of this one. */
  TokenReader nested() {
    return new TokenReader(name, lexer);
  }

  Token next() {
    if (waiting > 0) {
      waiting--;
    } else {
      places[0] = lexer.next();
    }
    return places[waiting];
  }

  Token peek() {
    if (waiting == 0) {
      waiting = 1;
      places[0] = lexer.next();
    }
    return places[waiting - 1];
  }

  Token nextNonSpace() {
    Token token = next();
    while (token.kind() == Kind.SPACE) {
      token = next();
    }
    return token;
  }

  Token peekNonSpace() {
    Token token = nextNonSpace();
    back();
    return token;
  }

  /** Puts back the token that was read last. */
  void back() {
    waiting++;
  }

  /** Puts back a token before the one that is already put back. */
  void back(Token first) {
    places[1] = first;
    waiting = 2;
  }

  /** Puts back two tokens before the one that is already put back. */
  void back(Token first, Token second) {
    places[1] = second;
    places[2] = first;
    waiting = PLACES;
  }

  Token expect(Kind kind, String context) throws SyntaxError {
    Token token = nextNonSpace();
    if (token.kind() != kind) {
      throw unexpected(token, context);
    }
    return token;
  }

  /** An action begins; errors of the lexer name its line where it is another. */
  void beginAction(Token delimiter) {
    actionLine = delimiter.line();
  }

  void endAction() {
    actionLine = 0;
  }

  SyntaxError unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return error("unexpected " + token + " in " + context, token.position());
    }
    String extra = "";
    if (actionLine != 0 && actionLine != token.line()) {
      extra = (token.word().endsWith(" action") ? "" : " in action") + " started at ";
      extra += name + ":" + actionLine;
    }
    return error(token.word() + extra, token.position());
  }

  /** An error at the newest token. */
  SyntaxError error(String message) {
    return error(message, places[0].position());
  }

  private SyntaxError error(String message, int position) {
    return new SyntaxError(message, places[0].line(), position);
  }
}
