package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.ObjectValue;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Special;
import dev.weir.template.Text;
import dev.weir.template.Value;

/** How values print, as Python's {@code str} and {@code repr} do. */
public final class Show {

  private Show() {}

  /** As a template prints it. */
  public static String str(Value value) {
    if (value instanceof Text text) {
      return text.toString();
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    if (value instanceof Undefined undefined) {
      undefined.look();
      return "";
    }
    if (value instanceof Int number) {
      return Long.toString(number.value());
    }
    return repr(value);
  }

  /** As it prints inside a list. */
  public static String repr(Value value) {
    return new Repr().of(value);
  }

  /** The shortest decimal that is this number again. */
  public static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Decimals.shortest(value);
  }

  /** A text in quotes. */
  public static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> append(out, c, quote));
    return out.append(quote).toString();
  }

  private static void append(StringBuilder out, int c, char quote) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
    } else if (c >= ' ' && c < 0x7f) {
      out.append((char) c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out.append('\\').append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append(
          c < 0x100
              ? "\\x%02x".formatted(c)
              : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Writes values that contain others. */
  private static final class Repr {

    /** Containers inside each other; one that contains itself is deeper than any. */
    private static final int DEEPEST = 200;

    private final StringBuilder out = new StringBuilder();
    private int depth;

    String of(Value value) {
      add(value);
      return out.toString();
    }

    private void add(Value value) {
      switch (value) {
        case Null _ -> out.append("None");
        case Bool bool -> out.append(bool.isTrue() ? "True" : "False");
        case Int number -> out.append(number.value());
        case Real real -> out.append(real(real.value()));
        case Text text -> out.append(quoted(text.toString()));
        case ListValue list -> items("[", list, "]");
        case MapValue map -> map(map);
        case RecordValue fields -> fields(fields);
        case ObjectValue object -> out.append(object.display());
        case FunctionValue function ->
            out.append("<function ").append(function.function().name()).append('>');
        case Special special -> special((PyValue) special);
      }
    }

    private void special(PyValue value) {
      switch (value) {
        case Markup markup -> out.append("Markup(").append(quoted(markup.text())).append(')');
        case Tuple tuple -> items("(", tuple, tuple.items().size() == 1 ? ",)" : ")");
        case Range range -> range(range);
        case DictView view -> items(view.part().typeName() + "([", view, "])");
        case Lazy _ -> out.append("<generator object>");
        case Undefined _ -> out.append("Undefined");
        case PyObject object -> out.append(object.display());
      }
    }

    private void range(Range range) {
      out.append("range(").append(range.start()).append(", ").append(range.stop());
      if (range.step() != 1) {
        out.append(", ").append(range.step());
      }
      out.append(')');
    }

    private void items(String open, Value container, String close) {
      enter();
      out.append(open);
      String separator = "";
      for (var items = Iterate.over(container); items.hasNext(); separator = ", ") {
        out.append(separator);
        add(items.next());
      }
      out.append(close);
      depth--;
    }

    private void map(MapValue map) {
      enter();
      out.append('{');
      String separator = "";
      for (var entry : map.entries()) {
        out.append(separator);
        add(entry.getKey());
        out.append(": ");
        add(entry.getValue());
        separator = ", ";
      }
      out.append('}');
      depth--;
    }

    private void fields(RecordValue fields) {
      enter();
      out.append(fields.type().name()).append('(');
      for (int i = 0; i < fields.values().size(); i++) {
        out.append(i == 0 ? "" : ", ").append(fields.type().fields().get(i).name()).append('=');
        add(fields.values().get(i));
      }
      out.append(')');
      depth--;
    }

    private void enter() {
      depth++;
      if (depth > DEEPEST) {
        throw new Failure("a value nested more than " + DEEPEST + " levels deep cannot be printed");
      }
    }
  }
}
