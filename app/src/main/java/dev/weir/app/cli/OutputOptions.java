package dev.weir.app.cli;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Option;

/** In which form a command prints. */
final class OutputOptions {

  /** The forms. */
  enum Form {
    table,
    json,
    yaml
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table for people, json or yaml for programs. Default: ${DEFAULT-VALUE}.")
  Form form = Form.table;

  /** Where what is printed comes from, while several are asked. */
  static final ScopedValue<String> SERVER = ScopedValue.newInstance();

  /** What tells lines of several servers apart: {@code 10.0.0.1:7780: }; empty for one alone. */
  static String prefix() {
    return SERVER.isBound() ? SERVER.get() + ": " : "";
  }

  /** Prints for people. */
  @FunctionalInterface
  interface ForPeople {
    void print(Shell shell);
  }

  /** Prints an object. */
  void print(Shell shell, JsonObject object, ForPeople people) {
    switch (form) {
      case table -> {
        if (SERVER.isBound()) {
          shell.out().println(Terminal.safe(prefix()).stripTrailing());
        }
        people.print(shell);
      }
      case json -> shell.out().println(Json.write(placed(object)));
      case yaml -> {
        if (SERVER.isBound()) {
          shell.out().println("---");
        }
        shell.out().print(yaml(placed(object)));
      }
    }
  }

  /** Prints one of many objects that come one by one: for people this line. */
  void printLine(Shell shell, JsonObject object, String line) {
    switch (form) {
      case table -> shell.out().println(Terminal.safe(prefix() + line));
      case json, yaml -> print(shell, object, people -> {});
    }
  }

  /** With the server that it is from, where several are asked. */
  private static JsonObject placed(JsonObject object) {
    if (!SERVER.isBound()) {
      return object;
    }
    JsonObject placed = new JsonObject().with("server", SERVER.get());
    object.fields().forEach(placed::with);
    return placed;
  }

  /** Prints a list, as the API's lists are. */
  void print(Shell shell, List<JsonObject> items, ForPeople people) {
    print(shell, new JsonObject().with("items", items).withNull("next"), people);
  }

  static String yaml(JsonObject object) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
    return new Dump(settings).dumpToString(plain(object));
  }

  private static void add(Map<String, Object> map, String key, Object field) {
    if (!(field instanceof Enum<?>)) {
      map.put(key, plain(field));
    }
  }

  private static Object plain(Object value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.fields().forEach((key, field) -> add(map, key, field));
        yield map;
      }
      case List<?> list -> list.stream().map(OutputOptions::plain).toList();
      default -> value;
    };
  }
}
