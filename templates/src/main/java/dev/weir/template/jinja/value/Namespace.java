package dev.weir.template.jinja.value;

import dev.weir.template.Text;
import dev.weir.template.Value;
import org.jspecify.annotations.Nullable;

/** Variables that inner blocks can change, as {@code namespace()} makes them. */
public final class Namespace implements PyObject {

  private final PyDict members;

  /** A namespace that begins with these members. */
  public Namespace(PyDict members) {
    this.members = members;
  }

  /** Sets a member. */
  public void set(String name, Value value) {
    members.put(Text.of(name), value);
  }

  @Override
  public String typeName() {
    return "Namespace";
  }

  @Override
  public String display() {
    return "<Namespace " + Show.repr(members) + ">";
  }

  @Override
  public @Nullable Value attribute(String name) {
    return members.get(Text.of(name));
  }
}
