package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Text;

/** Formats texts and runs of bytes. */
final class TextFormat {
  private TextFormat() {}

  /** Writes a text; false where the verb is not one of texts. */
  static boolean write(Bytes out, Text text, Directive directive) {
    switch (directive.verb) {
      case 'v' -> {
        if (directive.source) {
          quoted(out, text, directive);
        } else {
          Padding.write(out, truncated(text, directive), directive);
        }
      }
      case 's' -> Padding.write(out, truncated(text, directive), directive);
      case 'q' -> quoted(out, text, directive);
      case 'x', 'X' -> hexadecimal(out, text.toBytes(), directive);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Text truncated(Text text, Directive directive) {
    return directive.precision == Directive.NONE ? text : Runes.truncate(text, directive.precision);
  }

  private static void quoted(Bytes out, Text text, Directive directive) {
    Text shown = truncated(text, directive);
    if (directive.sharp && Quoting.canBackquote(shown)) {
      Padding.write(out, "`" + shown + "`", directive);
      return;
    }
    Quoting.Beyond beyond = directive.plus ? Quoting.Beyond.ESCAPED : Quoting.Beyond.KEPT;
    Padding.write(out, Quoting.quote(shown, '"', beyond), directive);
  }

  /** Two digits for each byte; with a space, each byte apart. */
  private static void hexadecimal(Bytes out, byte[] bytes, Directive directive) {
    int count = bytes.length;
    if (directive.precision != Directive.NONE) {
      count = Math.min(count, directive.precision);
    }
    String prefix = directive.verb == 'x' ? "0x" : "0X";
    String digits = directive.verb == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
    Bytes text = new Bytes();
    for (int index = 0; index < count; index++) {
      if (index > 0 && directive.space) {
        text.write(' ');
      }
      if (directive.sharp && (index == 0 || directive.space)) {
        text.write(prefix);
      }
      text.write(digits.charAt(bytes[index] >> 4 & 0xF));
      text.write(digits.charAt(bytes[index] & 0xF));
    }
    Padding.write(out, text.toText(), directive);
  }
}
