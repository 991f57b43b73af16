package dev.weir.testkit.real;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A JSON object that is being written. Strings, numbers, maps and lists; sorted keys. */
final class Json {

  private final Map<String, Object> values = new TreeMap<>();

  void put(String key, Object value) {
    values.put(key, value);
  }

  @Override
  public String toString() {
    return write(values);
  }

  private static String write(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> quoted(e.getKey().toString()) + ":" + write(e.getValue()))
              .sorted()
              .collect(Collectors.joining(",", "{", "}"));
      case Iterable<?> list ->
          StreamSupport.stream(list.spliterator(), false)
              .map(Json::write)
              .collect(Collectors.joining(",", "[", "]"));
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\' || c < ' ') {
            out.append("\\u%04x".formatted(c));
          } else {
            out.append((char) c);
          }
        });
    return out.append('"').toString();
  }
}
