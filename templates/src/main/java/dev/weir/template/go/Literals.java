package dev.weir.template.go;

import dev.weir.template.Int;
import dev.weir.template.Real;
import dev.weir.template.TemplateException;
import dev.weir.template.Type;
import dev.weir.template.Value;
import org.jspecify.annotations.Nullable;

/** What literals are as arguments: a number becomes what the parameter accepts, if it can. */
final class Literals {
  private Literals() {}

  static Value constant(State state, Node.Constant constant, @Nullable Type type)
      throws TemplateException {
    if (isAny(type) || constant.value().type().equals(type)) {
      return constant.value();
    }
    throw unfit(state, constant, type);
  }

  /** The number, or null where the parameter leaves open what it is. */
  static @Nullable Value numeral(State state, Node.Numeral numeral, @Nullable Type type)
      throws TemplateException {
    if (isAny(type)) {
      return null;
    }
    NumberLiteral number = numeral.number();
    Value value =
        switch (type) {
          case Type.Simple.INT -> signed(number);
          case Type.Simple.UINT -> unsigned(number);
          case Type.Simple.REAL -> real(number);
          case null, default -> null;
        };
    if (value == null) {
      throw unfit(state, numeral, type);
    }
    return value;
  }

  private static @Nullable Value signed(NumberLiteral number) {
    return number.integer() == null ? null : Int.of(number.integer());
  }

  private static @Nullable Value unsigned(NumberLiteral number) {
    return number.unsigned() == null ? null : new Int(number.unsigned(), Int.Kind.UNSIGNED);
  }

  private static @Nullable Value real(NumberLiteral number) {
    return number.real() == null ? null : new Real(number.real());
  }

  private static boolean isAny(@Nullable Type type) {
    return type == null || type.equals(Type.ANY) || type.equals(Types.RAW);
  }

  private static TemplateException unfit(State state, Node.Operand word, @Nullable Type type) {
    String shown = Printer.print(word);
    String expected =
        switch (type) {
          case Type.Simple.BOOL -> "bool";
          case Type.Simple.INT -> "integer";
          case Type.Simple.UINT, Type.Simple.BYTE -> "unsigned integer";
          case Type.Simple.REAL -> "float";
          case Type.Simple.TEXT -> "string";
          case null, default -> "";
        };
    return state.error(
        expected.isEmpty()
            ? "can't handle " + shown + " for arg of type " + (type == null ? "" : Types.name(type))
            : "expected " + expected + "; found " + shown);
  }
}
