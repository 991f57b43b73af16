package dev.weir.template.go;

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

/** What counts as true: everything but false, zero, the empty and nothing. */
final class Truth {
  private Truth() {}

  static boolean of(Value value) {
    return switch (value) {
      case Bool bool -> bool.isTrue();
      case Int number -> number.value() != 0;
      case Real number -> number.value() != 0;
      case Text text -> !text.equals(Text.EMPTY);
      case ListValue list -> list.size() > 0;
      case MapValue map -> map.size() > 0;
      case Complex number -> number.real() != 0 || number.imaginary() != 0;
      case Held held -> of(held.value());
      case Null _ -> false;
      case Special _ -> false;
      case RecordValue _, ObjectValue _, FunctionValue _ -> true;
    };
  }
}
