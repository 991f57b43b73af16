package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.Function;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Parameter;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of values as Go names and checks them. */
final class Types {
  /** Anything, and nothing stays nothing: what most of Go's own functions take. */
  static final Type RAW = new Type.Named("reflect.Value");

  private Types() {}

  /** The name of a value's type. */
  static String name(Value value) {
    return value instanceof FunctionValue(Function function)
        ? signature(function)
        : name(value.type());
  }

  private static String signature(Function function) {
    String parameters =
        function.parameters().stream().map(Types::name).collect(Collectors.joining(", "));
    return "func(" + parameters + ") " + name(function.result());
  }

  private static String name(Parameter parameter) {
    String rest = parameter.use() instanceof Parameter.Use.Rest ? "..." : "";
    return rest + name(parameter.type());
  }

  static String name(Type type) {
    return switch (type) {
      case Type.Simple simple ->
          switch (simple) {
            case ANY -> "interface {}";
            case BOOL -> "bool";
            case INT -> "int";
            case UINT -> "uint";
            case BYTE -> "uint8";
            case REAL -> "float64";
            case TEXT -> "string";
            case FUNCTION -> "func()";
          };
      case Type.ListOf list -> "[]" + name(list.element());
      case Type.MapOf map -> "map[" + name(map.key()) + "]" + name(map.value());
      case Type.Fields fields -> fields.name();
      case Type.Named named -> named.name();
    };
  }

  /** Whether a value can be passed as it is. */
  static boolean accepts(Type type, Value value) {
    return type.equals(Type.ANY) || (value.type().equals(type) && value != Null.NULL);
  }

  /** What nil is for a type, or null where the type has none. */
  static @Nullable Value nil(Type type) {
    if (type.equals(RAW)) {
      return Missing.MISSING;
    }
    return switch (type) {
      case Type.Simple.ANY -> Null.NULL;
      case Type.ListOf list -> ListValue.of(list.element(), List.of());
      case Type.MapOf map -> MapValue.of(map, Map.of());
      case Type.Simple _, Type.Fields _, Type.Named _ -> null;
    };
  }

  /** The zero value of a type. */
  static Value zero(Type type) {
    return switch (type) {
      case Type.Simple simple ->
          switch (simple) {
            case ANY, FUNCTION -> Null.NULL;
            case BOOL -> Bool.FALSE;
            case INT -> Int.of(0);
            case UINT -> new Int(0, Int.Kind.UNSIGNED);
            case BYTE -> new Int(0, Int.Kind.BYTE);
            case REAL -> new Real(0);
            case TEXT -> Text.EMPTY;
          };
      case Type.ListOf list -> ListValue.of(list.element(), List.of());
      case Type.MapOf map -> MapValue.of(map, Map.of());
      case Type.Fields fields ->
          new RecordValue(
              fields, fields.fields().stream().map(field -> zero(field.type())).toList());
      case Type.Named _ -> Null.NULL;
    };
  }
}
