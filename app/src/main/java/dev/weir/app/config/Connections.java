package dev.weir.app.config;

import dev.weir.app.config.Binder.Completeness;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named ways to outside systems. A source that names one with {@code at} is laid over it, key by
 * key, as if everything had been written in one place.
 */
final class Connections {

  /** The section's name. */
  static final String SECTION = "connections";

  private final List<SourceType<?>> types;
  private final Problems problems;
  private final Map<String, Tree> named = new LinkedHashMap<>();

  /** Checks all connections, so that what no source uses is checked too. */
  Connections(Grammar grammar, Problems problems, Tree.Entries root) {
    this.types = grammar.kinds.sources();
    this.problems = problems;
    Binder binder = new Binder(problems, Completeness.WHOLE);
    Optional<Tree> section = root.at(SECTION);
    for (Tree.Entry entry : section.map(Tree::mapping).orElse(List.of())) {
      Optional<String> ignored =
          binder.bind(shape(grammar.kinds), entry.value(), Binder.join(SECTION, entry.key()));
      named.put(entry.key(), entry.value());
    }
    section
        .filter(tree -> !(tree instanceof Tree.Entries))
        .ifPresent(tree ->
            problems.add(tree.place(), SECTION, tree.shown() + " (expected: a mapping from NAME)"));
  }

  /** How a connection is written: as one kind with its keys. */
  static Shape<String> shape(Kinds kinds) {
    List<Shape<? extends String>> forms = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SourceType<?> type : kinds.sources()) {
      if (!type.connection().isEmpty() && !names.contains(type.connectionName())) {
        names.add(type.connectionName());
        forms.add(form(type));
      }
    }
    return new Shape.Either<>(
        "a mapping with one kind of connection: " + String.join(", ", names), forms);
  }

  private static Shape<String> form(SourceType<?> type) {
    Shape.Mapping<String> keys =
        new Shape.Mapping<>(
            "a mapping with the keys of a connection",
            type.connection(),
            values -> type.connectionName());
    Shape.Key<String> kind =
        Shape.Key.required(
            type.connectionName(), keys, "The keys of this kind of connection, see below.");
    return new Shape.Mapping<>(
        "a mapping with " + type.connectionName(), List.of(kind), values -> values.get(kind));
  }

  /** A pool's sources, each that names a connection laid over it. */
  Tree resolved(Tree sources) {
    if (!(sources instanceof Tree.Items list)) {
      return sources;
    }
    return new Tree.Items(list.place(), list.items().stream().map(this::source).toList());
  }

  /** Where a pool set finds its pools, laid over the connection that it names. */
  Tree resolvedSearch(Tree each) {
    return source(each, search -> search.search().map(PoolSearch::options));
  }

  private Tree source(Tree source) {
    return source(source, type -> Optional.of(type.options()));
  }

  private Tree source(Tree source, OptionsOf options) {
    if (!(source instanceof Tree.Entries entries)) {
      return source;
    }
    return new Tree.Entries(
        entries.place(), entries.entries().stream().map(entry -> entry(entry, options)).toList());
  }

  /** How the options beside a kind of source are written; absent where it has no place there. */
  @FunctionalInterface
  private interface OptionsOf {
    Optional<? extends Shape<?>> type(SourceType<?> type);
  }

  private Tree.Entry entry(Tree.Entry entry, OptionsOf options) {
    for (SourceType<?> type : types) {
      if (type.name().equals(entry.key())
          && !type.connection().isEmpty()
          && options.type(type).isPresent()
          && entry.value().at(SourceType.AT.name()).orElse(entry.value())
              instanceof Tree.Text name) {
        Tree value =
            connection(type, name)
                .map(keys -> Merge.over(options.type(type).get(), keys, entry.value()))
                .orElse(entry.value());
        return new Tree.Entry(entry.place(), entry.key(), value);
      }
    }
    return entry;
  }

  private Optional<Tree> connection(SourceType<?> type, Tree.Text name) {
    String path = "sources[].%s.%s".formatted(type.name(), SourceType.AT.name());
    Tree found = named.get(name.value());
    if (found == null) {
      problems.add(name.place(), path, Unknown.name("connection", name.value(), named.keySet()));
      return Optional.empty();
    }
    if (found.at(type.connectionName()).isEmpty()) {
      problems.add(
          name.place(),
          path,
          "%s at %s is another kind of connection (expected: one with %s)"
              .formatted(name.shown(), found.place(), type.connectionName()));
    }
    return found.at(type.connectionName());
  }
}
