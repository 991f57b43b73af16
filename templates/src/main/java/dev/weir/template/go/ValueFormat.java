package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.Bytes;
import dev.weir.template.Execution;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.LimitExceeded;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.ObjectValue;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Special;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.List;
import java.util.Map;

/** Formats values as one directive says. A mistake is printed, never an error. */
final class ValueFormat {
  private final Bytes out;
  private final Execution execution;

  ValueFormat(Bytes out, Execution execution) {
    this.out = out;
    this.execution = execution;
  }

  /** Writes an argument. */
  void print(Value value, Directive directive) throws LimitExceeded {
    if (directive.verb == 'T') {
      type(value, directive);
    } else if (value == Null.NULL && directive.verb == 'v') {
      Padding.write(out, "<nil>", directive);
    } else if (value == Null.NULL) {
      bad(value, directive);
    } else if (directive.source && value instanceof ListValue list && isBytes(list)) {
      out.write("[]byte");
      elements(list, directive);
    } else {
      write(value, directive);
    }
  }

  private void type(Value value, Directive directive) {
    if (value == Null.NULL) {
      Padding.write(out, "<nil>", directive);
    } else {
      TextFormat.write(out, Text.of(Types.name(value)), directive.with('s'));
    }
  }

  private void write(Value value, Directive directive) throws LimitExceeded {
    execution.step();
    execution.checkSize(out.size());
    boolean written =
        switch (value) {
          case Bool bool -> bool(bool, directive);
          case Int number -> IntegerFormat.write(out, number, directive);
          case Real number -> RealFormat.write(out, number.value(), directive);
          case Text text -> TextFormat.write(out, text, directive);
          case Complex number -> RealFormat.write(out, number, directive);
          case ListValue list -> list(list, directive);
          case MapValue map -> map(map, directive);
          case RecordValue fields -> record(fields, directive);
          case ObjectValue object -> TextFormat.write(out, object.display(), directive);
          case FunctionValue _ -> function(directive);
          case Held held -> {
            write(held.value(), directive);
            yield true;
          }
          case Null _, Special _ -> nothing(directive);
        };
    if (!written) {
      bad(value, directive);
    }
  }

  /** Nil inside a container, which no verb minds. */
  private boolean nothing(Directive directive) {
    out.write(directive.source ? "interface {}(nil)" : "<nil>");
    return true;
  }

  private boolean bool(Bool bool, Directive directive) {
    if (directive.verb != 't' && directive.verb != 'v') {
      return false;
    }
    Padding.write(out, bool.isTrue() ? "true" : "false", directive);
    return true;
  }

  /** A function has no address here that could be shown. */
  private boolean function(Directive directive) {
    Padding.write(out, "func()", directive);
    return true;
  }

  private boolean list(ListValue list, Directive directive) throws LimitExceeded {
    if (isBytes(list) && "sqxX".indexOf(directive.verb) >= 0) {
      return TextFormat.write(out, text(list), directive);
    }
    out.write(directive.source ? Types.name(list) : "");
    elements(list, directive);
    return true;
  }

  private static boolean isBytes(ListValue list) {
    return list.type().element().equals(Type.BYTE);
  }

  private void elements(ListValue list, Directive directive) throws LimitExceeded {
    out.write(directive.source ? "{" : "[");
    for (int index = 0; index < list.size(); index++) {
      separate(index, directive);
      write(list.get(index), directive);
    }
    out.write(directive.source ? "}" : "]");
  }

  private static Text text(ListValue list) {
    Bytes bytes = new Bytes();
    for (int index = 0; index < list.size(); index++) {
      bytes.write((int) ((Int) list.get(index)).value());
    }
    return bytes.toText();
  }

  private void separate(int index, Directive directive) {
    if (index > 0) {
      out.write(directive.source ? ", " : " ");
    }
  }

  private boolean map(MapValue map, Directive directive) throws LimitExceeded {
    out.write(directive.source ? Types.name(map) + "{" : "map[");
    List<Map.Entry<Value, Value>> entries = KeyOrder.sorted(map);
    for (int index = 0; index < entries.size(); index++) {
      separate(index, directive);
      write(entries.get(index).getKey(), directive);
      out.write(':');
      write(entries.get(index).getValue(), directive);
    }
    out.write(directive.source ? "}" : "]");
    return true;
  }

  private boolean record(RecordValue fields, Directive directive) throws LimitExceeded {
    out.write(directive.source ? fields.type().name() + "{" : "{");
    for (int index = 0; index < fields.values().size(); index++) {
      separate(index, directive);
      if (directive.named || directive.source) {
        out.write(fields.type().fields().get(index).name() + ":");
      }
      write(fields.values().get(index), directive);
    }
    out.write('}');
    return true;
  }

  /** A verb that does not go with the value: {@code %!d(string=a)}. */
  private void bad(Value value, Directive directive) throws LimitExceeded {
    out.write("%!");
    Runes.write(out, directive.verb);
    out.write('(');
    if (value == Null.NULL) {
      out.write("<nil>");
    } else {
      out.write(Types.name(value) + "=");
      write(value, directive.with('v'));
    }
    out.write(')');
  }
}
