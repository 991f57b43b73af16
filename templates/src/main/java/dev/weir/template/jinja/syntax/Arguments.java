package dev.weir.template.jinja.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is handed over in a call.
 *
 * @param named in order, names may repeat
 * @param rest {@code *a}
 * @param namedRest {@code **a}
 */
public record Arguments(
    List<Expr> positional, List<Named> named, Optional<Expr> rest, Optional<Expr> namedRest) {
  /** No arguments. */
  public static final Arguments NONE =
      new Arguments(List.of(), List.of(), Optional.empty(), Optional.empty());

  public Arguments {
    positional = List.copyOf(positional);
    named = List.copyOf(named);
  }

  /** Whether nothing is handed over. */
  public boolean isEmpty() {
    return positional.isEmpty() && named.isEmpty() && rest.isEmpty() && namedRest.isEmpty();
  }

  /** What is handed over, in the order in which it is written, after something else. */
  List<Expr> after(Expr operand) {
    List<Expr> all = new ArrayList<>(1 + positional.size() + named.size());
    all.add(operand);
    all.addAll(positional);
    for (Named each : named) {
      all.add(each.value());
    }
    add(all, rest);
    add(all, namedRest);
    return all;
  }

  private static void add(List<Expr> all, Optional<Expr> more) {
    if (more.isPresent()) {
      all.add(more.get());
    }
  }

  /** {@code name=a} in a call. */
  public record Named(int at, String name, Expr value) {}
}
