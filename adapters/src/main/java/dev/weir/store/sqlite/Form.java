package dev.weir.store.sqlite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named texts as one line, {@code key=value&key=value}, where {@code %}, {@code &}, {@code =} and
 * control characters are written as {@code %XX}. Read by people with {@code sqlite3}, and by Weir
 * at a start with every source dead, for which a JSON library would take most of a second to load.
 */
final class Form {

  private static final String LABEL = "label.";

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Reads what {@link #write} wrote; IllegalArgumentException for anything else. */
  static Form read(String line) {
    Form form = new Form();
    for (String pair : line.isEmpty() ? new String[0] : line.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("a value without its name");
      }
      form.values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return form;
  }

  Form put(String key, String value) {
    values.put(key, value);
    return this;
  }

  Form putIfPresent(String key, Optional<String> value) {
    value.ifPresent(text -> put(key, text));
    return this;
  }

  Form putLabels(SortedMap<String, String> labels) {
    labels.forEach((key, value) -> put(LABEL + key, value));
    return this;
  }

  /** All values of another one, under longer names. */
  Form putAll(String prefix, Form other) {
    other.values.forEach((key, value) -> put(prefix + key, value));
    return this;
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** IllegalArgumentException where there is none. */
  String get(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("no " + key));
  }

  /** All values by name, in order. */
  Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  SortedMap<String, String> labels() {
    return new TreeMap<>(below(LABEL).values);
  }

  /** The values whose names begin so, under the rest of their names. */
  Form below(String prefix) {
    Form form = new Form();
    values.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        form.put(key.substring(prefix.length()), value);
      }
    });
    return form;
  }

  /** The same values in the same order give the same line. */
  String write() {
    StringBuilder line = new StringBuilder(128);
    values.forEach((key, value) -> {
      if (!line.isEmpty()) {
        line.append('&');
      }
      encode(key, line);
      encode(value, line.append('='));
    });
    return line.toString();
  }

  private static void encode(String text, StringBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || c == '%' || c == '&' || c == '=') {
        to.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      } else {
        to.append(c);
      }
    }
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }

  private static String decode(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int from = 0;
    while (percent >= 0) {
      if (percent + 3 > text.length()) {
        throw new IllegalArgumentException("a % without two digits behind it");
      }
      decoded.append(text, from, percent);
      decoded.append((char) Integer.parseInt(text, percent + 1, percent + 3, 16));
      from = percent + 3;
      percent = text.indexOf('%', from);
    }
    return decoded.append(text, from, text.length()).toString();
  }
}
