package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Call;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.List;
import java.util.Locale;

/** Texts made safe for HTML, JavaScript and queries. */
final class Escaping {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
  private static final String HEX = "0123456789ABCDEF";

  private Escaping() {}

  /** The arguments printed as one text; nothing is {@code <no value>}. */
  static Text text(Call call) throws LimitExceeded {
    if (call.arguments().size() == 1 && call.value(0) instanceof Text only) {
      call.execution().built(6L * only.toString().length());
      return only;
    }
    List<Value> printable =
        call.arguments().stream()
            .map(value -> value == Null.NULL ? Formats.NO_VALUE : value)
            .toList();
    Text text = Formats.print(printable, call.execution());
    call.execution().built(6L * text.toString().length());
    return text;
  }

  static Text html(Text text) {
    byte[] bytes = text.toBytes();
    Bytes out = new Bytes();
    for (byte one : bytes) {
      switch (one) {
        case 0 -> out.write("\uFFFD");
        case '"' -> out.write("&#34;");
        case '\'' -> out.write("&#39;");
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        default -> out.write(one);
      }
    }
    return out.toText();
  }

  static Text js(Text text) {
    byte[] bytes = text.toBytes();
    Bytes out = new Bytes();
    for (int index = 0; index < bytes.length; ) {
      int width = Runes.width(bytes, index);
      int rune = Runes.at(bytes, index);
      if (rune == '\\' || rune == '\'' || rune == '"') {
        out.write('\\');
        out.write(rune);
      } else if ("<>&=".indexOf(rune) >= 0 || (rune != 0x7F && !Runes.isPrint(rune))) {
        out.write("\\u" + String.format(Locale.ROOT, "%04X", rune));
      } else {
        out.write(bytes, index, index + width);
      }
      index += width;
    }
    return out.toText();
  }

  static Text query(Text text) {
    Bytes out = new Bytes();
    for (byte one : text.toBytes()) {
      if (one > 0 && PLAIN.indexOf(one) >= 0) {
        out.write(one);
      } else if (one == ' ') {
        out.write('+');
      } else {
        out.write('%');
        out.write(HEX.charAt(one >> 4 & 0xF));
        out.write(HEX.charAt(one & 0xF));
      }
    }
    return out.toText();
  }
}
