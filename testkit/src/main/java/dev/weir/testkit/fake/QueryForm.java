package dev.weir.testkit.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a form says, as browsers and AWS' query protocol send it. */
record QueryForm(Map<String, String> fields) {

  static QueryForm of(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new QueryForm(fields);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** The field's value; empty where it is not there. */
  String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /** The values of the fields with this beginning and the numbers from 1 on. */
  List<String> list(String beginning) {
    List<String> values = new ArrayList<>();
    for (int i = 1; has(beginning + i); i++) {
      values.add(get(beginning + i));
    }
    return values;
  }
}
