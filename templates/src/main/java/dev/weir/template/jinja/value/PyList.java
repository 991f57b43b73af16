package dev.weir.template.jinja.value;

import dev.weir.template.ListValue;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list that a template has made and may change. Belongs to one run. */
public final class PyList implements ListValue {

  private static final Type.ListOf TYPE = new Type.ListOf(Type.ANY);

  private final List<Value> items;

  /** A list of these; the collection is copied. */
  public PyList(Collection<? extends Value> items) {
    this.items = new ArrayList<>(items);
  }

  /** The items, to be changed. */
  public List<Value> items() {
    return items;
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Value get(int index) {
    return items.get(index);
  }

  @Override
  public Type.ListOf type() {
    return TYPE;
  }
}
