package dev.weir.nginxconf;

import dev.weir.nginxconf.Token.Kind;
import java.util.List;

/**
 * One directive of an nginx configuration, with its block where it has one.
 *
 * @param words its name and arguments; never empty
 * @param block what stands in its braces; empty for a simple directive too
 * @param last the {@code ;} or <code>}</code> that ends it
 * @param remark the comment behind its end in the same line, without its {@code #}; empty where
 *     there is none
 */
public record Directive(List<Token> words, List<Directive> block, Token last, String remark) {

  public Directive {
    words = List.copyOf(words);
    block = List.copyOf(block);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a directive without a name");
    }
  }

  /** Its first word. */
  public String name() {
    return words.getFirst().text();
  }

  /** What follows its name. */
  public List<String> arguments() {
    return words.stream().skip(1).map(Token::text).toList();
  }

  /** Whether it has braces. */
  public boolean hasBlock() {
    return last.is(Kind.CLOSE);
  }

  /** The line that it begins in, counted from 1. */
  public int line() {
    return words.getFirst().line();
  }

  /** The index of its first character. */
  public int start() {
    return words.getFirst().span().start();
  }

  /** The index after its last character. */
  public int end() {
    return last.span().end();
  }

  /** As it is written in this text. */
  public String source(String text) {
    return text.substring(start(), end());
  }
}
