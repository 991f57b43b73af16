package dev.weir.template.jinja.value;

import dev.weir.template.Value;
import org.jspecify.annotations.Nullable;

/** Something that the language itself brings, such as {@code loop}: names lead to its members. */
public non-sealed interface PyObject extends PyValue {

  /** What its type is called in errors. */
  String typeName();

  /** How it prints. */
  default String display() {
    return "<" + typeName() + ">";
  }

  /** A member, or null where there is none of that name. */
  default @Nullable Value attribute(String name) {
    return null;
  }
}
