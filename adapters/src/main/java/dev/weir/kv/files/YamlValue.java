package dev.weir.kv.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a piece of a YAML or JSON text says, aliases and merged mappings resolved. */
sealed interface YamlValue {

  /** A scalar. */
  record Text(String text) implements YamlValue {}

  /** No value. */
  record Nothing() implements YamlValue {}

  /** A list. */
  record Listing(List<YamlValue> items) implements YamlValue {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /** Keys with values, in the order written; of equal keys the last. */
  record Mapping(Map<String, YamlValue> entries) implements YamlValue {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }
}
