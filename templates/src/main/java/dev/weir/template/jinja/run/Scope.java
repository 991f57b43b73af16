package dev.weir.template.jinja.run;

import dev.weir.template.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of one block while it runs, inside those of the block around it. */
final class Scope {

  private final @Nullable Scope outer;
  private final Set<String> unset;
  private final Map<String, Value> variables = new HashMap<>(8);
  private @Nullable Value body;

  /**
   * @param unset names that lead to nothing until they are set here
   */
  Scope(@Nullable Scope outer, Set<String> unset) {
    this.outer = outer;
    this.unset = unset;
  }

  void set(String name, Value value) {
    variables.put(name, value);
  }

  /** Sets what {@code Expr.Body} stands for. */
  void setBody(Value text) {
    body = text;
  }

  @Nullable Value body() {
    return body;
  }

  /** The variable of a name; of one that is set nowhere, what the data say. */
  @Nullable Value find(String name, Data data) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value found = scope.variables.get(name);
      if (found != null) {
        return found;
      }
      if (scope.unset.contains(name)) {
        return null;
      }
    }
    return data.get(name);
  }

  /** What there is outside all blocks. */
  @FunctionalInterface
  interface Data {
    /** The value of a name, or null. */
    @Nullable Value get(String name);
  }
}
