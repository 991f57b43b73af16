package dev.weir.app.config;

import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriverType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is wrong between parts that are right each on its own. */
final class CrossCheck {

  private final Problems problems;
  private final Tree.Entries root;

  CrossCheck(Problems problems, Tree.Entries root) {
    this.problems = problems;
    this.root = root;
  }

  /**
   * @param pools those that could be bound
   * @param proxies likewise
   */
  void check(Collection<PoolConfig> pools, List<ProxyConfig<?, ?>> proxies) {
    root.at("proxies").map(Tree::mapping).orElse(List.of()).forEach(this::carried);
    owned(proxies);
    proxies.forEach(this::kinds);
    pools.stream()
        .filter(pool -> pool.policy().proxyCheck().isPresent())
        .forEach(pool -> checkedBy(pool, proxies));
  }

  /** Members that proxies are to check are in such proxies only. */
  private void checkedBy(PoolConfig pool, List<ProxyConfig<?, ?>> proxies) {
    String section = pool.set().isPresent() ? PoolSetAssembly.SECTION : "pools";
    String name = pool.set().orElse(pool.id().value());
    proxies.stream()
        .filter(proxy -> proxy.poolIds().contains(pool.id()) && !proxy.type().checksMembers())
        .forEach(proxy -> {
          Optional<Tree> own = root.at(section).flatMap(pools -> pools.at(name));
          problems.add(
              own.flatMap(tree -> tree.at("check")).or(() -> own).orElse(root).place(),
              "%s.%s.check".formatted(section, name),
              "proxy, but %s, which carries the pool, is %s, which checks no members"
                      .formatted(proxy.name(), proxy.type().name())
                  + " (expected: a check of Weir's own)");
        });
  }

  /** Every pool is of a kind that its proxy can carry. */
  private <O, S> void kinds(ProxyConfig<O, S> proxy) {
    List<Tree> items =
        root.at("proxies")
            .flatMap(section -> section.at(proxy.name().value()))
            .flatMap(tree -> tree.at("pools"))
            .map(Tree::list)
            .orElse(List.of());
    for (ProxyDriverType.Carried<S> carried : proxy.pools()) {
      proxy
          .type()
          .refusal(proxy.options(), carried.kind())
          .ifPresent(why ->
              problems.add(
                  place(items, carried.pool()).orElse(place(proxy)),
                  Binder.join("proxies", proxy.name() + ".pools"),
                  "%s: %s".formatted(carried.pool(), why)));
    }
  }

  private static Optional<Place> place(List<Tree> items, PoolId pool) {
    return items.stream()
        .map(item -> item.at("pool").orElse(item))
        .flatMap(item -> text(item).stream())
        .filter(text -> text.value().equals(pool.value()))
        .map(Tree.Text::place)
        .findFirst();
  }

  /** Pools that a proxy carries exist, and each of its names stands for one of them. */
  private void carried(Tree.Entry proxy) {
    List<String> known =
        root.at("pools").map(Tree::mapping).orElse(List.of()).stream()
            .map(Tree.Entry::key)
            .toList();
    Map<String, Place> sets = new HashMap<>();
    Map<String, Place> pools = new HashMap<>();
    Map<String, Place> names = new HashMap<>();
    List<Tree> items = proxy.value().at("pools").map(Tree::list).orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      String path = "proxies.%s.pools[%d]".formatted(proxy.key(), i);
      Optional<Tree.Text> set = items.get(i).at("set").flatMap(CrossCheck::text);
      if (set.isPresent()) {
        carriedSet(set.get(), path, sets);
        continue;
      }
      Optional<Tree.Text> pool = text(items.get(i).at("pool").orElse(items.get(i)));
      if (pool.isEmpty()) {
        continue;
      }
      if (!known.contains(pool.get().value())) {
        problems.add(pool.get().place(), path, Unknown.name("pool", pool.get().value(), known));
      }
      Tree.Text name = items.get(i).at("as").flatMap(CrossCheck::text).orElse(pool.get());
      if (once(pools, pool.get(), path, "pool")) {
        once(names, name, path, "name");
      }
    }
  }

  private void carriedSet(Tree.Text set, String path, Map<String, Place> met) {
    List<String> known =
        root.at(PoolSetAssembly.SECTION).map(Tree::mapping).orElse(List.of()).stream()
            .map(Tree.Entry::key)
            .toList();
    if (!known.contains(set.value())) {
      problems.add(set.place(), path, Unknown.name("pool set", set.value(), known));
    }
    once(met, set, path, "pool set");
  }

  private boolean once(Map<String, Place> met, Tree.Text text, String path, String what) {
    Place former = met.putIfAbsent(text.value(), text.place());
    if (former != null) {
      problems.add(
          text.place(),
          path,
          "%s %s is carried twice, first at %s (expected: once)"
              .formatted(what, text.shown(), former));
    }
    return former == null;
  }

  /** No two proxies own the same file or listener. */
  private void owned(List<ProxyConfig<?, ?>> proxies) {
    Map<String, String> owners = new HashMap<>();
    for (ProxyConfig<?, ?> proxy : proxies) {
      for (String thing : owned(proxy)) {
        String former = owners.putIfAbsent(thing, proxy.name().value());
        if (former != null) {
          problems.add(
              place(proxy),
              "proxies." + proxy.name(),
              "%s belongs to proxy %s already (expected: one of its own)".formatted(thing, former));
        }
      }
    }
  }

  private static <O, S> List<String> owned(ProxyConfig<O, S> proxy) {
    return proxy.type().owned(proxy.options());
  }

  private Place place(ProxyConfig<?, ?> proxy) {
    return root.at("proxies")
        .flatMap(section -> section.at(proxy.name().value()))
        .flatMap(tree -> tree.at(proxy.type().name()))
        .map(Tree::place)
        .orElse(root.place());
  }

  private static Optional<Tree.Text> text(Tree tree) {
    return tree instanceof Tree.Text text ? Optional.of(text) : Optional.empty();
  }
}
