package dev.weir.template;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The functions that templates may call beside those of their language, by name. Immutable. */
public final class Functions {
  /** No function. */
  public static final Functions NONE = new Functions(Map.of());

  private final Map<String, Function> byName;

  private Functions(Map<String, Function> byName) {
    this.byName = byName;
  }

  /**
   * These functions.
   *
   * @throws IllegalArgumentException when two have one name
   */
  public static Functions of(Function... functions) {
    SequencedMap<String, Function> byName = new LinkedHashMap<>();
    for (Function function : functions) {
      if (byName.put(function.name(), function) != null) {
        throw new IllegalArgumentException(function.name() + ": twice (expected: distinct names)");
      }
    }
    return new Functions(byName);
  }

  /** These functions and others, which win where names are equal. */
  public Functions with(Functions others) {
    SequencedMap<String, Function> all = new LinkedHashMap<>(byName);
    all.putAll(others.byName);
    return new Functions(all);
  }

  /** The function of a name, or null. */
  public @Nullable Function get(String name) {
    return byName.get(name);
  }

  /** All of them. */
  public Collection<Function> all() {
    return byName.values();
  }
}
