package dev.weir.app.config;

import dev.weir.app.config.Binder.Completeness;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes pools: each laid over its profile, and that over the defaults. */
final class PoolAssembly {

  private final Grammar grammar;
  private final Problems problems;
  private final Tree defaults;
  private final Map<String, Tree> profiles = new LinkedHashMap<>();
  private final Binder whole;
  private final Connections connections;

  /** Checks defaults and profiles on their own, so that what no pool uses is checked too. */
  PoolAssembly(Grammar grammar, Problems problems, Tree.Entries root) {
    this.grammar = grammar;
    this.problems = problems;
    this.whole = new Binder(problems, Completeness.WHOLE);
    this.connections = new Connections(grammar, problems, root);
    Binder partial = new Binder(problems, Completeness.PARTIAL);
    Tree none = new Tree.Entries(root.place(), List.of());
    defaults = root.at("defaults").map(this::inFull).orElse(none);
    partial.bind(grammar.defaults, defaults, "defaults");
    List<Tree.Entry> written = root.at("profiles").map(Tree::mapping).orElse(List.of());
    for (Tree.Entry entry : written) {
      Tree profile = inFull(entry.value());
      partial.bind(grammar.profile, profile, Binder.join("profiles", entry.key()));
      profiles.put(entry.key(), profile);
    }
    root.at("profiles")
        .filter(tree -> !(tree instanceof Tree.Entries))
        .ifPresent(tree ->
            problems.add(
                tree.place(), "profiles", tree.shown() + " (expected: a mapping from NAME)"));
  }

  Optional<PoolConfig> pool(PoolId id, Tree.Entry entry) {
    return pool(id, entry, Binder.join("pools", id.value()));
  }

  /** The connections that sources may name. */
  Connections connections() {
    return connections;
  }

  Optional<PoolConfig> pool(PoolId id, Tree.Entry entry, String path) {
    Tree own = inFull(entry.value());
    if (!(own instanceof Tree.Entries)) {
      whole.bind(grammar.pool, own, path);
      return Optional.empty();
    }
    Tree base =
        defaults instanceof Tree.Entries ? defaults : new Tree.Entries(own.place(), List.of());
    Optional<Tree> profile = profile(own, path);
    if (profile.isPresent() && profile.get() instanceof Tree.Entries) {
      base = Merge.over(grammar.profile, base, profile.get());
    }
    Tree merged = Merge.over(grammar.pool, base, own);
    Optional<PoolShape.Body> body = whole.bind(grammar.pool, merged, path);
    kindOfCheck(own, path, body);
    return body.map(bound -> named(id, bound));
  }

  private Optional<Tree> profile(Tree own, String path) {
    if (own.at("use").isEmpty() || !(own.at("use").get() instanceof Tree.Text use)) {
      return Optional.empty();
    }
    Optional<Tree> found = Optional.ofNullable(profiles.get(use.value()));
    if (found.isEmpty()) {
      problems.add(
          use.place(),
          Binder.join(path, "use"),
          Unknown.name("profile", use.value(), profiles.keySet()));
    }
    return found;
  }

  /** A pool that says something of a check must say, or inherit, what kind of check. */
  private void kindOfCheck(Tree own, String path, Optional<PoolShape.Body> body) {
    Optional<Tree> said = own.at("check");
    if (said.isPresent() && body.isPresent() && body.get().check().isEmpty()) {
      String kinds = String.join(", ", CheckShape.kinds(grammar.kinds.probes()));
      problems.add(
          said.get().place(),
          Binder.join(path, "check"),
          "a rhythm without a kind of check (expected: one of %s)".formatted(kinds));
    }
  }

  /** The pool with what is written short written out. */
  private Tree inFull(Tree pool) {
    if (!(pool instanceof Tree.Entries entries)) {
      return pool;
    }
    List<Tree.Entry> inFull =
        entries.entries().stream()
            .map(entry -> new Tree.Entry(entry.place(), entry.key(), inFull(entry)))
            .toList();
    return new Tree.Entries(entries.place(), inFull);
  }

  private Tree inFull(Tree.Entry entry) {
    return switch (entry.key()) {
      case "check" -> CheckShape.inFull(entry.value(), grammar.kinds.probes());
      case "sources" -> connections.resolved(entry.value());
      default -> entry.value();
    };
  }

  private static PoolConfig named(PoolId id, PoolShape.Body body) {
    Map<String, Integer> met = new HashMap<>();
    List<SourceConfig<?>> sources = new ArrayList<>();
    for (SourceConfig.Entry<?> entry : body.sources()) {
      String kind = entry.type().name();
      int number = met.merge(kind, 1, Integer::sum);
      SourceName name = SourceName.of(id, number == 1 ? kind : kind + "-" + number);
      sources.add(new SourceConfig<>(name, id, entry));
    }
    return new PoolConfig(
        id,
        body.policy(),
        sources,
        body.check().flatMap(CheckShape.Check::own).map(CheckShape.Check.Own::probe),
        body.backup(),
        body.kind(),
        body.surroundings(),
        Optional.empty());
  }
}
