package dev.weir.app.config;

import dev.weir.app.config.Binder.Completeness;
import dev.weir.model.PoolId;
import dev.weir.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes pool sets: their own keys, and a prototype of their pools, put together like a pool. */
final class PoolSetAssembly {

  /** The section's name. */
  static final String SECTION = "pool_sets";

  private final Grammar grammar;
  private final Problems problems;
  private final PoolAssembly pools;
  private final Binder whole;

  PoolSetAssembly(Grammar grammar, Problems problems, PoolAssembly pools) {
    this.grammar = grammar;
    this.problems = problems;
    this.pools = pools;
    this.whole = new Binder(problems, Completeness.WHOLE);
  }

  Optional<PoolSetConfig<?, ?>> set(PoolId name, Tree.Entry entry) {
    String path = Binder.join(SECTION, name.value());
    Shape.Mapping<PoolSetShape.Body> own = grammar.poolSet.own();
    if (!(entry.value() instanceof Tree.Entries written)) {
      return whole.bind(own, entry.value(), path).flatMap(ignored -> Optional.empty());
    }
    boolean known = onlyKnownKeys(written, path);
    Optional<PoolSetShape.Body> body = whole.bind(own, part(written, own, Part.SET), path);
    Tree prototype = part(written, own, Part.POOL);
    Optional<PoolConfig> pool =
        pools.pool(name, new Tree.Entry(entry.place(), entry.key(), prototype), path);
    return body.filter(ignored -> known)
        .flatMap(set -> pool.flatMap(of -> named(name, entry, set, of)));
  }

  private boolean onlyKnownKeys(Tree.Entries written, String path) {
    List<Shape.Key<?>> all = grammar.wholePoolSet.keys();
    int before = problems.count();
    for (Tree.Entry entry : written.entries()) {
      if (!isOf(entry, all)) {
        problems.add(
            entry.place(), Binder.join(path, entry.key()), Unknown.key(entry.key(), all, all));
      }
    }
    return problems.count() == before;
  }

  private static boolean isOf(Tree.Entry entry, List<Shape.Key<?>> keys) {
    return keys.stream().anyMatch(key -> key.name().equals(entry.key()));
  }

  private Optional<PoolSetConfig<?, ?>> named(
      PoolId name, Tree.Entry entry, PoolSetShape.Body body, PoolConfig prototype) {
    try {
      return Optional.of(body.named(name.value(), prototype));
    } catch (IllegalArgumentException wrong) {
      problems.add(
          entry.value().at("pool").orElse(entry.value()).place(),
          Binder.join(SECTION, name.value()),
          String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  /** Whose keys. */
  private enum Part {
    SET,
    POOL
  }

  private Tree part(Tree.Entries written, Shape.Mapping<?> own, Part wanted) {
    List<Tree.Entry> entries = new ArrayList<>();
    for (Tree.Entry entry : written.entries()) {
      boolean ofSet = isOf(entry, own.keys());
      if (ofSet == (wanted == Part.SET) && isOf(entry, grammar.wholePoolSet.keys())) {
        entries.add(connected(entry));
      }
    }
    if (wanted == Part.POOL) {
      Tree none = new Tree.Items(written.place(), List.of());
      entries.add(new Tree.Entry(written.place(), "sources", none));
    }
    return new Tree.Entries(written.place(), entries);
  }

  private Tree.Entry connected(Tree.Entry entry) {
    return entry.key().equals(grammar.poolSet.each().name())
        ? new Tree.Entry(
            entry.place(), entry.key(), pools.connections().resolvedSearch(entry.value()))
        : entry;
  }
}
