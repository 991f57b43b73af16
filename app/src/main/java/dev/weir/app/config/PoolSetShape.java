package dev.weir.app.config;

import dev.weir.app.config.PoolSetConfig.Each;
import dev.weir.spi.Durations;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a pool set is written: its own keys, and those of a pool that its pools start from. */
final class PoolSetShape {

  private static final int MOST_POOLS = 100_000;

  private static final Shape.Key<String> POOL =
      Shape.Key.optional(
          "pool",
          PoolNaming.SHAPE,
          "How its pools are called; without it, each as what it is made of.");
  private static final Shape.Key<Integer> LIMIT =
      Shape.Key.defaulted(
          "limit",
          Shape.integer(1, MOST_POOLS),
          500,
          "500",
          "How many pools there may be; those that linger do not count, up to as many again.");
  private static final Shape.Key<Duration> LINGER =
      Shape.Key.defaulted(
          "linger",
          Durations.SHAPE,
          Duration.ofDays(1),
          "1d",
          "How long a pool stays that is found no more, and always while a proxy's own files name"
              + " it.");

  private final Shape.Key<Each<?, ?>> each;

  PoolSetShape(List<SourceType<?>> types) {
    each =
        Shape.Key.required(
            "each", search(types), "Where its pools are found, and their members then.");
  }

  /** The keys of a set, before its pools have names. */
  record Body(Each<?, ?> each, Optional<String> pool, PoolSetConfig.Policy policy) {

    /**
     * The set.
     *
     * @throws IllegalArgumentException when its pools cannot be called so
     */
    PoolSetConfig<?, ?> named(String name, PoolConfig prototype) {
      return named(name, prototype, each);
    }

    private <E, O> PoolSetConfig<E, O> named(String name, PoolConfig prototype, Each<E, O> of) {
      String variable = of.search().variable();
      PoolNaming naming = new PoolNaming(pool.orElse("{" + variable + "}"), variable);
      return new PoolSetConfig<>(name, of, naming, prototype, policy);
    }
  }

  /** The key that says where pools are found. */
  Shape.Key<Each<?, ?>> each() {
    return each;
  }

  /** The keys that are a set's alone. */
  Shape.Mapping<Body> own() {
    return new Shape.Mapping<>(
        "a mapping with each",
        List.of(each, POOL, LIMIT, LINGER),
        values ->
            new Body(
                values.get(each),
                values.find(POOL),
                new PoolSetConfig.Policy(values.get(LIMIT), values.get(LINGER))));
  }

  /** Everything that may stand in a set. */
  Shape.Mapping<Values> whole(List<Shape.Key<?>> ofPools) {
    List<Shape.Key<?>> keys = new ArrayList<>(own().keys());
    keys.addAll(ofPools);
    return new Shape.Mapping<>("a mapping with each", keys, values -> values);
  }

  private static Shape<Each<?, ?>> search(List<SourceType<?>> types) {
    List<Shape<? extends Each<?, ?>>> forms = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SourceType<?> type : types) {
      form(type)
          .ifPresent(form -> {
            forms.add(form);
            names.add(type.name());
          });
    }
    return new Shape.Either<Each<?, ?>>(
        "a mapping with one kind of source that finds pools: "
            + names.stream().collect(Collectors.joining(", ")),
        forms);
  }

  private static <O> Optional<Shape<Each<?, ?>>> form(SourceType<O> type) {
    return type.search().map(search -> form(type, search));
  }

  private static <E, O> Shape<Each<?, ?>> form(SourceType<O> type, PoolSearch<E, O> search) {
    Shape.Key<E> kind =
        Shape.Key.required(type.name(), search.options(), "What is looked for, see below.");
    return new Shape.Mapping<>(
        "a mapping with " + type.name(),
        List.of(kind, PoolShape.OPTIONAL, PoolShape.SELECT),
        values ->
            new Each<>(
                type,
                search,
                values.get(kind),
                PoolShape.need(values),
                values.find(PoolShape.SELECT)));
  }
}
