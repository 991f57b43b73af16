package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.Function;
import dev.weir.template.FunctionFailure;
import dev.weir.template.FunctionValue;
import dev.weir.template.Functions;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.ObjectValue;
import dev.weir.template.Parameter;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Data and functions that tests share with the real engine. Data is written as JSON in which every
 * value but null, booleans and texts says what it is: {@code {"int": "5"}}, {@code {"list": ["any",
 * ...]}}, {@code {"map": ["text", "any", [key, value], ...]}}.
 */
final class TestData {
  static final Type.Fields PAIR =
      new Type.Fields(
          "main.KV", List.of(new Type.Field("Key", Type.TEXT), new Type.Field("Value", Type.ANY)));

  private static final Map<String, Type> TYPES =
      Map.of(
          "any", Type.ANY,
          "bool", Type.BOOL,
          "int", Type.INT,
          "uint", Type.UINT,
          "byte", Type.BYTE,
          "real", Type.REAL,
          "text", Type.TEXT,
          "KV", PAIR);

  static final Functions FUNCTIONS =
      Functions.of(
          new Function(
              "add",
              List.of(Parameter.required("a", Type.INT), Parameter.required("b", Type.INT)),
              Type.INT,
              call -> Int.of(call.integer(0) + call.integer(1))),
          of(
              "toUpper",
              Parameter.required("text", Type.TEXT),
              call -> Text.of(call.text(0).toUpperCase(Locale.ROOT))),
          new Function(
              "fail",
              List.of(),
              Type.TEXT,
              _ -> {
                throw new FunctionFailure("failed!");
              }),
          new Function(
              "join",
              List.of(Parameter.required("by", Type.TEXT), Parameter.rest("parts", Type.TEXT)),
              Type.TEXT,
              call -> joined(call.text(0), call.from(1))),
          of("half", Parameter.required("x", Type.REAL), call -> new Real(call.real(0) / 2)),
          of("flip", Parameter.required("x", Type.BOOL), call -> Bool.of(!call.isTrue(0))),
          of("natural", Parameter.required("x", Type.UINT), call -> call.value(0)),
          of("same", Parameter.required("x", Type.ANY), call -> call.value(0)),
          of(
              "count",
              Parameter.required("x", new Type.ListOf(Type.ANY)),
              call -> Int.of(((ListValue) call.value(0)).size())),
          of(
              "size",
              Parameter.required("x", new Type.MapOf(Type.TEXT, Type.ANY)),
              call -> Int.of(((MapValue) call.value(0)).size())));

  private TestData() {}

  private static Function of(String name, Parameter parameter, Function.Body body) {
    return new Function(name, List.of(parameter), Type.ANY, body);
  }

  private static Text joined(String by, List<Value> parts) {
    return Text.of(parts.stream().map(Value::toString).collect(Collectors.joining(by)));
  }

  static Value value(JsonNode node) {
    if (node.isNull()) {
      return Null.NULL;
    }
    if (node.isBoolean()) {
      return Bool.of(node.asBoolean());
    }
    if (node.isString()) {
      return Text.of(node.asString());
    }
    String tag = node.propertyNames().iterator().next();
    JsonNode of = node.get(tag);
    return switch (tag) {
      case "int" -> Int.of(Long.parseLong(of.asString()));
      case "uint" -> new Int(Long.parseUnsignedLong(of.asString()), Int.Kind.UNSIGNED);
      case "byte" -> new Int(Long.parseLong(of.asString()), Int.Kind.BYTE);
      case "real" -> new Real(real(of.asString()));
      case "bytes" -> Text.of(Base64.getDecoder().decode(of.asString()));
      case "func" -> new FunctionValue(function(of.asString()));
      case "box" -> new Box(of.asString());
      case "kv" -> new RecordValue(PAIR, List.of(value(of.get(0)), value(of.get(1))));
      case "list" -> list(of);
      case "map" -> map(of);
      default -> throw new IllegalArgumentException(node.toString());
    };
  }

  private static double real(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static Function function(String name) {
    Function function = FUNCTIONS.get(name);
    if (function == null) {
      throw new IllegalArgumentException(name);
    }
    return function;
  }

  private static Type type(JsonNode name) {
    Type type = TYPES.get(name.asString());
    if (type == null) {
      throw new IllegalArgumentException(name.toString());
    }
    return type;
  }

  private static Value list(JsonNode of) {
    List<Value> items = new ArrayList<>();
    for (int index = 1; index < of.size(); index++) {
      items.add(value(of.get(index)));
    }
    return ListValue.of(type(of.get(0)), items);
  }

  private static Value map(JsonNode of) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (int index = 2; index < of.size(); index++) {
      entries.put(value(of.get(index).get(0)), value(of.get(index).get(1)));
    }
    return MapValue.of(new Type.MapOf(type(of.get(0)), type(of.get(1))), entries);
  }

  /** An object with methods, as the real engine's program has one. */
  private record Box(String label) implements ObjectValue {
    private static final Type.Named TYPE = new Type.Named("main.Box");

    @Override
    public Type.Named type() {
      return TYPE;
    }

    @Override
    public Text display() {
      return Text.of("Box<" + label + ">");
    }

    @Override
    public @Nullable Value field(String name) {
      return name.equals("Label") ? Text.of(label) : null;
    }

    @Override
    public @Nullable Function method(String name) {
      return switch (name) {
        case "Name" -> method(name, _ -> Text.of("box " + label));
        case "Same" -> method(name, _ -> this);
        case "Fail" ->
            method(
                name,
                _ -> {
                  throw new FunctionFailure("box is empty");
                });
        case "Add" ->
            method(
                name,
                call -> Int.of(call.integer(0) + call.integer(1)),
                Parameter.required("a", Type.INT),
                Parameter.required("b", Type.INT));
        case "Join" ->
            method(
                name,
                call -> joined(call.text(0), call.from(1)),
                Parameter.required("by", Type.TEXT),
                Parameter.rest("parts", Type.TEXT));
        default -> null;
      };
    }

    private static Function method(String name, Function.Body body, Parameter... parameters) {
      return new Function(name, List.of(parameters), Type.ANY, body);
    }
  }
}
