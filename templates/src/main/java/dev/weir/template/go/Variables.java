package dev.weir.template.go;

import dev.weir.template.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The variables of a running template; of two with one name, the later one is seen. */
final class Variables {
  private String[] names = new String[8];
  private Value[] values = new Value[8];
  private int size;

  /** How many there are, for {@link #leave}. */
  int enter() {
    return size;
  }

  /** Forgets what was declared since {@link #enter}. */
  void leave(int entered) {
    size = entered;
  }

  void declare(String name, Value value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = value;
    size++;
  }

  /** Changes a variable; false where there is none of that name. */
  boolean assign(String name, Value value) {
    int index = find(name);
    if (index < 0) {
      return false;
    }
    values[index] = value;
    return true;
  }

  @Nullable Value get(String name) {
    int index = find(name);
    return index < 0 ? null : values[index];
  }

  private int find(String name) {
    for (int index = size - 1; index >= 0; index--) {
      if (names[index].equals(name)) {
        return index;
      }
    }
    return -1;
  }
}
