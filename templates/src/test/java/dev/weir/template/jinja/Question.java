package dev.weir.template.jinja;

import dev.weir.template.Functions;
import dev.weir.template.jinja.JinjaOptions.Undefined;
import dev.weir.template.jinja.syntax.Trim;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A template, its data and how it is read, to be asked of both engines.
 *
 * @param data a tree of plain values
 */
record Question(String template, Map<String, Object> data, Set<Trim> trim, Undefined undefined) {

  JinjaOptions options() {
    return new JinjaOptions(trim, undefined, Functions.NONE);
  }

  /** As the real engine reads it. */
  Map<String, Object> wire() {
    Map<String, Object> options = new LinkedHashMap<>();
    for (Trim each : EnumSet.allOf(Trim.class)) {
      options.put(name(each), trim.contains(each));
    }
    options.put("strict", undefined == Undefined.STRICT);
    return Map.of("template", template, "data", data, "options", options);
  }

  static String name(Trim trim) {
    return switch (trim) {
      case NEWLINE_AFTER_BLOCK -> "trim_blocks";
      case INDENT_BEFORE_BLOCK -> "lstrip_blocks";
      case NOTHING_AT_END -> "keep_trailing_newline";
    };
  }
}
