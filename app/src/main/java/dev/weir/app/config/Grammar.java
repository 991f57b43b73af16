package dev.weir.app.config;

import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Everything that a configuration file may say, as shapes. */
final class Grammar {

  static final Path DEFAULT_STATE = Path.of("/var/lib/weir");

  static final Shape.Key<Path> STATE =
      Shape.Key.defaulted(
          "state",
          Shape.scalar("a path", Grammar::path),
          DEFAULT_STATE,
          DEFAULT_STATE.toString(),
          "The folder that holds what survives a restart; a change needs a restart.");
  static final Shape.Key<List<String>> INCLUDE =
      Shape.Key.defaulted(
          "include",
          Shape.listOf(Shape.text("a file, or a pattern for names in one folder")),
          List.of(),
          "[]",
          "Further files with the same grammar, relative to this one.");
  static final Shape.Key<List<Listen>> API =
      Shape.Key.defaulted(
          "api",
          Listen.SHAPE,
          Listen.DEFAULT,
          "unix:/run/weir/api.sock and 127.0.0.1:7780",
          "Where the API is offered; a change needs a restart.");

  static final Shape.Key<MetricsConfig> METRICS =
      Shape.Key.defaulted(
          "metrics",
          MetricsConfig.SHAPE,
          MetricsConfig.DEFAULT,
          "{ members: false }",
          "What is measured beside what always is.");

  final Kinds kinds;
  final Shape.Mapping<PoolShape.Body> pool;
  final Shape.Mapping<PoolShape.Body> profile;
  final Shape.Mapping<PoolShape.Body> defaults;
  final PoolSetShape poolSet;
  final Shape.Mapping<Values> wholePoolSet;
  final Shape<ProxyShape.Body<?, ?>> proxy;

  Grammar(Kinds kinds) {
    this.kinds = kinds;
    PoolShape shape = new PoolShape(kinds);
    pool = shape.pool();
    profile = shape.profile();
    defaults = shape.defaults();
    poolSet = new PoolSetShape(kinds.sources());
    wholePoolSet = poolSet.whole(shape.inSets());
    proxy = ProxyShape.of(kinds.proxies());
  }

  /** The top level, for unknown keys and for the reference. */
  List<Shape.Key<?>> topLevel() {
    return List.of(
        STATE,
        INCLUDE,
        API,
        METRICS,
        section(
            Connections.SECTION,
            Connections.shape(kinds),
            "Ways to outside systems, by name, for sources to refer to with at."),
        Shape.Key.optional("defaults", defaults, "What every pool starts from."),
        section("profiles", profile, "Named parts of pools, for pools to start from with use."),
        section("pools", pool, "The pools, by name."),
        section(
            PoolSetAssembly.SECTION,
            wholePoolSet,
            "Pools that come and go with what a source reports, by the name of the set."),
        section("proxies", proxy, "The proxies that are kept in step, by name."));
  }

  /** Top-level keys whose values are mappings from names that the user chooses. */
  static boolean isSection(String key) {
    return List.of(Connections.SECTION, "profiles", "pools", PoolSetAssembly.SECTION, "proxies")
        .contains(key);
  }

  private static <T> Shape.Key<Map<String, T>> section(String name, Shape<T> value, String doc) {
    return Shape.Key.optional(name, Shape.dictionary("NAME", value), doc);
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path", e);
    }
  }
}
