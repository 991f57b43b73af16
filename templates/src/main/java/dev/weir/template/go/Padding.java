package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Text;

/** Brings what was formatted to its width, which counts code points. */
final class Padding {
  private Padding() {}

  static void write(Bytes out, Text text, Directive directive) {
    int missing = directive.width - Runes.count(text);
    if (directive.width == Directive.NONE || missing <= 0) {
      out.write(text);
    } else if (directive.minus) {
      out.write(text);
      fill(out, missing, directive);
    } else {
      fill(out, missing, directive);
      out.write(text);
    }
  }

  static void write(Bytes out, String text, Directive directive) {
    write(out, Text.of(text), directive);
  }

  static void fill(Bytes out, int times, Directive directive) {
    if (times > 0) {
      out.fill(directive.zero ? '0' : ' ', times);
    }
  }
}
