package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a template into tokens, one at a time, so that of two mistakes the first is reported. What
 * stands between tags is found here, what stands inside them by {@link TagLexer}.
 */
final class Lexer {

  private final Source source;
  private final String text;
  private final Set<Trim> trim;
  private final TagLexer tag;

  /** Before this offset everything has become a token. */
  private int at;

  /** What ends the tag that {@link #at} stands in; end of template: in no tag. */
  private Kind closing = Kind.EOF;

  private Token last;

  Lexer(Source source, Set<Trim> trim) {
    this.source = source;
    this.trim = trim;
    String all = source.text().toString();
    boolean drop = !trim.contains(Trim.NOTHING_AT_END) && all.endsWith("\n");
    this.text = drop ? all.substring(0, all.length() - 1) : all;
    this.tag = new TagLexer(source, text);
    this.last = new Token(Kind.DATA, "", 0);
  }

  /** The next token; at the end the one that says so, which has the place of the one before. */
  Token next() throws TemplateException {
    Token token = closing == Kind.EOF ? outside() : inside();
    if (token.kind() != Kind.EOF) {
      last = token;
    }
    return token;
  }

  private Token outside() throws TemplateException {
    while (at < text.length()) {
      int start = at;
      int opener = opener(start);
      if (opener < 0) {
        at = text.length();
        return new Token(Kind.DATA, text.substring(start), start);
      }
      int end = dataEnd(start, opener, text.charAt(opener + 1) != '{');
      if (end > start) {
        at = opener;
        return new Token(Kind.DATA, text.substring(start, end), start);
      }
      Token token = open(opener);
      if (token != null) {
        return token;
      }
    }
    return new Token(Kind.EOF, "", last.at());
  }

  private int opener(int from) {
    for (int i = text.indexOf('{', from); i >= 0; i = text.indexOf('{', i + 1)) {
      if (i + 1 < text.length() && "{%#".indexOf(text.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Where the text before a tag ends, as the tag's sign and the options say. */
  private int dataEnd(int start, int opener, boolean block) {
    char sign = opener + 2 < text.length() ? text.charAt(opener + 2) : ' ';
    if (sign == '-') {
      return start + Whitespace.lengthWithoutTail(text.substring(start, opener));
    }
    if (sign == '+' || !block || !trim.contains(Trim.INDENT_BEFORE_BLOCK)) {
      return opener;
    }
    int line = Math.max(text.lastIndexOf('\n', opener - 1) + 1, start);
    boolean lineStarts = line == 0 || text.charAt(line - 1) == '\n';
    return lineStarts && Whitespace.skip(text, line) >= opener ? line : opener;
  }

  /** Enters a tag, or skips a comment or an empty raw block, which are no tokens. */
  private @Nullable Token open(int opener) throws TemplateException {
    int inner = afterSign(opener + 2);
    char letter = text.charAt(opener + 1);
    if (letter == '#') {
      comment(opener, inner);
      return null;
    }
    int raw = letter == '%' ? rawBegin(inner) : -1;
    if (raw >= 0) {
      return raw(opener, raw);
    }
    at = inner;
    closing = letter == '%' ? Kind.BLOCK_END : Kind.VARIABLE_END;
    return new Token(letter == '%' ? Kind.BLOCK_BEGIN : Kind.VARIABLE_BEGIN, "{" + letter, opener);
  }

  private int afterSign(int index) {
    return index < text.length() && "+-".indexOf(text.charAt(index)) >= 0 ? index + 1 : index;
  }

  private void comment(int opener, int inner) throws TemplateException {
    int end = text.indexOf("#}", inner);
    if (end < 0) {
      throw Mistake.at(source, opener, "this comment has no end: '#}' is missing");
    }
    char sign = end > inner ? text.charAt(end - 1) : ' ';
    at = afterEnd(end + 2, sign);
  }

  /** Where a tag's end leaves off, given the sign before it. */
  private int afterEnd(int index, char sign) {
    if (sign == '-') {
      return Whitespace.skip(text, index);
    }
    boolean newline =
        sign != '+' && trim.contains(Trim.NEWLINE_AFTER_BLOCK) && text.startsWith("\n", index);
    return newline ? index + 1 : index;
  }

  /** The offset after the tag {@code raw} whose inside starts here, or -1 for another tag. */
  private int rawBegin(int inner) {
    int word = Whitespace.skip(text, inner);
    if (!text.startsWith("raw", word)) {
      return -1;
    }
    int end = Whitespace.skip(text, word + 3);
    if (text.startsWith("-%}", end)) {
      return Whitespace.skip(text, end + 3);
    }
    return text.startsWith("%}", end) ? end + 2 : -1;
  }

  private @Nullable Token raw(int opener, int start) throws TemplateException {
    for (int i = text.indexOf("{%", start); i >= 0; i = text.indexOf("{%", i + 1)) {
      int end = rawEnd(i);
      if (end >= 0) {
        int dataEnd = dataEnd(start, i, true);
        at = end;
        return dataEnd == start
            ? null
            : new Token(Kind.DATA, text.substring(start, dataEnd), start);
      }
    }
    throw Mistake.at(source, opener, "this raw block has no end: '{% endraw %}' is missing");
  }

  private int rawEnd(int opener) {
    int word = Whitespace.skip(text, afterSign(opener + 2));
    if (!text.startsWith("endraw", word)) {
      return -1;
    }
    int end = Whitespace.skip(text, word + 6);
    int close = afterSign(end);
    if (!text.startsWith("%}", close)) {
      return -1;
    }
    return afterEnd(close + 2, close > end ? text.charAt(end) : ' ');
  }

  private Token inside() throws TemplateException {
    at = Whitespace.skip(text, at);
    if (at >= text.length()) {
      return new Token(Kind.EOF, "", last.at());
    }
    if (!tag.inBrackets()) {
      String end = closing.symbol();
      boolean signed =
          text.charAt(at) == '-' || (closing == Kind.BLOCK_END && text.charAt(at) == '+');
      int close = signed ? at + 1 : at;
      if (text.startsWith(end, close)) {
        return close(close, signed ? text.charAt(at) : ' ');
      }
    }
    Token token = tag.next(at);
    at = tag.end();
    return token;
  }

  private Token close(int close, char sign) {
    Token token = new Token(closing, closing.symbol(), at);
    boolean block = closing == Kind.BLOCK_END;
    at = block || sign == '-' ? afterEnd(close + 2, sign) : close + 2;
    closing = Kind.EOF;
    return token;
  }
}
