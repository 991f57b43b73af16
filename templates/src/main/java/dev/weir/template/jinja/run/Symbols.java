package dev.weir.template.jinja.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one scope does with names, found before anything runs. The language decides by it where a
 * name leads: one that a scope sets before it reads it is its own, and never the caller's data.
 */
final class Symbols {

  /** What a name is when its scope begins. */
  private enum Load {
    /** Given from outside: a parameter or the variable of a loop. */
    PARAMETER,
    /** That of an outer scope. */
    OUTER,
    /** What the data or the functions say. */
    DATA,
    /** Nothing, whatever the data say. */
    NOTHING
  }

  private final @Nullable Symbols parent;
  private final Map<String, Load> loads = new HashMap<>();
  private final Set<String> stores = new HashSet<>();

  Symbols(@Nullable Symbols parent) {
    this.parent = parent;
  }

  private Symbols copy() {
    Symbols copy = new Symbols(parent);
    copy.loads.putAll(loads);
    copy.stores.addAll(stores);
    return copy;
  }

  private boolean knows(String name) {
    return loads.containsKey(name) || outerKnows(name);
  }

  private boolean outerKnows(String name) {
    return parent != null && parent.knows(name);
  }

  void load(String name) {
    if (!knows(name)) {
      loads.put(name, Load.DATA);
    }
  }

  void store(String name) {
    var _ = stores.add(name);
    if (!loads.containsKey(name)) {
      loads.put(name, outerKnows(name) ? Load.OUTER : Load.NOTHING);
    }
  }

  void parameter(String name) {
    var _ = stores.add(name);
    loads.put(name, Load.PARAMETER);
  }

  /** Looks at branches of which one will run. */
  void branches(List<Consumer<Symbols>> looks) {
    List<Symbols> branches = new ArrayList<>();
    for (var look : looks) {
      Symbols branch = copy();
      look.accept(branch);
      branches.add(branch);
    }
    Map<String, Integer> counts = new HashMap<>();
    for (Symbols branch : branches) {
      for (String name : branch.stores) {
        if (!stores.contains(name)) {
          var _ = counts.merge(name, 1, Integer::sum);
        }
      }
    }
    for (Symbols branch : branches) {
      loads.putAll(branch.loads);
      stores.addAll(branch.stores);
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (count.getValue() < branches.size()) {
        String name = count.getKey();
        loads.put(name, outerKnows(name) ? Load.OUTER : Load.DATA);
      }
    }
  }

  /** The names that lead to nothing until they are set, whatever the data say. */
  Set<String> unset() {
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, Load> load : loads.entrySet()) {
      if (load.getValue() == Load.NOTHING) {
        var _ = names.add(load.getKey());
      }
    }
    return Set.copyOf(names);
  }
}
