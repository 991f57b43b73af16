package dev.weir.template.go;

import java.util.ArrayList;
import java.util.List;

/** The variables that are declared at a place of a template. */
final class Scope {
  private final List<String> names = new ArrayList<>(List.of("$"));

  void declare(String name) {
    names.add(name);
  }

  boolean knows(String name) {
    return names.contains(name);
  }

  /** How many there are, for {@link #leave}. */
  int enter() {
    return names.size();
  }

  /** Forgets what was declared since {@link #enter}. */
  void leave(int entered) {
    names.subList(entered, names.size()).clear();
  }
}
