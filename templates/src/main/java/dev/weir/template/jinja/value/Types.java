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

/** What types are called. */
public final class Types {

  private Types() {}

  /** The name that Python gives to the type of a value. */
  public static String name(Value value) {
    return switch (value) {
      case Null _ -> "NoneType";
      case Bool _ -> "bool";
      case Int _ -> "int";
      case Real _ -> "float";
      case Text _ -> "str";
      case ListValue _ -> "list";
      case MapValue _ -> "dict";
      case RecordValue record -> record.type().name();
      case ObjectValue object -> object.type().name();
      case FunctionValue _ -> "function";
      case Special special -> special((PyValue) special);
    };
  }

  private static String special(PyValue value) {
    return switch (value) {
      case Markup _ -> "Markup";
      case Tuple _ -> "tuple";
      case Range _ -> "range";
      case DictView view -> view.part().typeName();
      case Lazy _ -> "generator";
      case Undefined undefined ->
          undefined.mode() == Undefined.Mode.STRICT ? "StrictUndefined" : "Undefined";
      case PyObject object -> object.typeName();
    };
  }

  /** How errors about a missing member name what it is missing from. */
  static String owner(Value value) {
    return value == Null.NULL ? "None" : name(value) + " object";
  }

  /** Whether it is a text, markup or not. */
  public static boolean isText(Value value) {
    return value instanceof Text || value instanceof Markup;
  }

  /** Whether it is a number; the truth values are. */
  public static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Real || value instanceof Bool;
  }

  /** The characters of a text, which has to be one. */
  public static String text(Value value) {
    if (value instanceof Markup markup) {
      return markup.text();
    }
    if (value instanceof Text text) {
      return text.toString();
    }
    throw new Failure("expected a str, not '" + name(value) + "'");
  }
}
