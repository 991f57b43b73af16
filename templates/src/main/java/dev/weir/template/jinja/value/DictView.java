package dev.weir.template.jinja.value;

import dev.weir.template.MapValue;

/** The keys, values or pairs of a dict, as it is when one looks. */
public record DictView(Part part, MapValue dict) implements PyValue {
  /** What of each entry it shows. */
  public enum Part {
    KEYS("dict_keys"),
    VALUES("dict_values"),
    ITEMS("dict_items");

    private final String typeName;

    Part(String typeName) {
      this.typeName = typeName;
    }

    String typeName() {
      return typeName;
    }
  }
}
