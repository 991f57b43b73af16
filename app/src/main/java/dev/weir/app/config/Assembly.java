package dev.weir.app.config;

import dev.weir.app.config.Binder.Completeness;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes a configuration of one tree: each part bound, pools laid over profiles and defaults. */
final class Assembly {

  private final Grammar grammar;
  private final Problems problems;
  private final Tree.Entries root;
  private final Binder whole;

  Assembly(Grammar grammar, Problems problems, Tree.Entries root) {
    this.grammar = grammar;
    this.problems = problems;
    this.root = root;
    this.whole = new Binder(problems, Completeness.WHOLE);
  }

  /** The configuration; what it says is only of use when no problem was noted. */
  WeirConfig assemble() {
    unknownKeys();
    Optional<Path> state = single(Grammar.STATE, Grammar.DEFAULT_STATE);
    single(Grammar.INCLUDE, List.of());
    Optional<List<Listen>> api = single(Grammar.API, Listen.DEFAULT);
    Optional<MetricsConfig> metrics = single(Grammar.METRICS, MetricsConfig.DEFAULT);
    PoolAssembly assembly = new PoolAssembly(grammar, problems, root);
    Map<PoolId, PoolConfig> pools = pools(assembly);
    List<PoolSetConfig<?, ?>> sets = sets(assembly);
    List<ProxyConfig<?, ?>> proxies = proxies(pools);
    WeirConfig config =
        new WeirConfig(
            state.orElse(Grammar.DEFAULT_STATE),
            api.orElse(Listen.DEFAULT),
            metrics.orElse(MetricsConfig.DEFAULT),
            List.copyOf(pools.values()),
            sets,
            proxies);
    WeirConfig withSamples = withSamples(config);
    new CrossCheck(problems, root).check(withSamples.pools(), withSamples.proxies());
    return config;
  }

  /** With one pool of each set, so that what is wrong with those is found at once. */
  private static WeirConfig withSamples(WeirConfig config) {
    Map<String, List<PoolConfig>> samples = new HashMap<>();
    config
        .sets()
        .forEach(set ->
            samples.put(set.name(), List.of(set.pool(FoundPool.of("sample-" + set.name())))));
    return config.with(samples);
  }

  private void unknownKeys() {
    List<Shape.Key<?>> known = grammar.topLevel();
    for (Tree.Entry entry : root.entries()) {
      if (known.stream().noneMatch(key -> key.name().equals(entry.key()))) {
        problems.add(
            entry.place(), Binder.join("", entry.key()), Unknown.key(entry.key(), known, known));
      }
    }
  }

  private <T> Optional<T> single(Shape.Key<T> key, T absent) {
    Optional<Tree> written = root.at(key.name());
    return written.isEmpty()
        ? Optional.of(absent)
        : whole.bind(key.shape(), written.get(), key.name());
  }

  private List<PoolSetConfig<?, ?>> sets(PoolAssembly pools) {
    PoolSetAssembly assembly = new PoolSetAssembly(grammar, problems, pools);
    List<PoolSetConfig<?, ?>> sets = new ArrayList<>();
    for (Tree.Entry entry : section(PoolSetAssembly.SECTION)) {
      name(PoolSetAssembly.SECTION, entry, PoolId::new)
          .flatMap(name -> assembly.set(name, entry))
          .ifPresent(sets::add);
    }
    return List.copyOf(sets);
  }

  private Map<PoolId, PoolConfig> pools(PoolAssembly assembly) {
    Map<PoolId, PoolConfig> pools = new LinkedHashMap<>();
    for (Tree.Entry entry : section("pools")) {
      name("pools", entry, PoolId::new)
          .flatMap(id -> assembly.pool(id, entry))
          .ifPresent(pool -> pools.put(pool.id(), pool));
    }
    return pools;
  }

  private List<ProxyConfig<?, ?>> proxies(Map<PoolId, PoolConfig> pools) {
    List<ProxyConfig<?, ?>> proxies = new ArrayList<>();
    for (Tree.Entry entry : section("proxies")) {
      Optional<ProxyShape.Body<?, ?>> body =
          whole.bind(grammar.proxy, entry.value(), Binder.join("proxies", entry.key()));
      Optional<ProxyName> name = name("proxies", entry, ProxyName::new);
      if (body.isPresent() && name.isPresent()) {
        proxies.add(body.get().named(name.get(), pools));
      }
    }
    return proxies;
  }

  private List<Tree.Entry> section(String key) {
    Optional<Tree> section = root.at(key);
    if (section.isPresent() && !(section.get() instanceof Tree.Entries)) {
      problems.add(
          section.get().place(),
          key,
          "%s (expected: a mapping from NAME to its keys)".formatted(section.get().shown()));
    }
    return section.map(Tree::mapping).orElse(List.of());
  }

  private <N> Optional<N> name(String section, Tree.Entry entry, Function<String, N> make) {
    try {
      return Optional.of(make.apply(entry.key()));
    } catch (IllegalArgumentException e) {
      problems.add(
          entry.place(),
          section,
          "name %s (expected: 1 to 128 of A-Z a-z 0-9 _ . - and no . or - at the start)"
              .formatted(Quoted.of(entry.key())));
      return Optional.empty();
    }
  }
}
