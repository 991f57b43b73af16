package dev.weir.template;

import java.util.List;

/** A list that never changes. */
record PlainList(Type.ListOf type, List<Value> items) implements ListValue {
  PlainList {
    items = List.copyOf(items);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Value get(int index) {
    return items.get(index);
  }
}
