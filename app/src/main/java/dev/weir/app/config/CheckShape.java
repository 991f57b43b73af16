package dev.weir.app.config;

import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.spi.Durations;
import dev.weir.spi.ProbeType;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a pool's {@code check} is written: one kind with its options and the rhythm side by side in
 * one mapping, {@code { http: /healthz, host: example.com, every: 1s }}; or {@code proxy}, where
 * the proxies check and Weir reads.
 */
final class CheckShape {

  private static final CheckPolicy BUILT_IN = CheckPolicy.DEFAULT;

  private static final Shape.Key<Duration> EVERY =
      duration("every", BUILT_IN.every(), "From the start of one probe to the start of the next.");
  private static final Shape.Key<Duration> TIMEOUT =
      duration("timeout", BUILT_IN.timeout(), "For one whole probe.");
  private static final Shape.Key<Integer> RISE =
      count("rise", BUILT_IN.rise(), "Successes in a row that bring a member back from down.");
  private static final Shape.Key<Integer> FALL =
      count("fall", BUILT_IN.fall(), "Failures in a row that take a member out.");

  private static final List<Shape.Key<?>> RHYTHM = List.of(EVERY, TIMEOUT, RISE, FALL);

  static final String PROXY = "proxy";

  private static final Shape.Key<Values> BY_PROXY =
      Shape.Key.required(
          PROXY,
          new Shape.Mapping<>("{}", List.of(), values -> values),
          "The proxies check the members, as their own parameters for servers say.");
  private static final Shape.Key<Duration> READ_EVERY =
      duration("every", BUILT_IN.every(), "How often what the proxies found is read.");

  private CheckShape() {}

  /** A check as bound. */
  sealed interface Check {

    /** Weir's own, if it is one. */
    default Optional<Own> own() {
      return this instanceof Own own ? Optional.of(own) : Optional.empty();
    }

    /** The proxies', if it is theirs. */
    default Optional<ProxyCheckPolicy> byProxy() {
      return this instanceof ByProxy(ProxyCheckPolicy policy)
          ? Optional.of(policy)
          : Optional.empty();
    }

    /** Weir probes. */
    record Own(CheckConfig<?> probe, CheckPolicy rhythm) implements Check {}

    /** The proxies check. */
    record ByProxy(ProxyCheckPolicy policy) implements Check {}

    /** Only a rhythm was written, for checks that say no other. */
    record RhythmOnly(CheckPolicy rhythm) implements Check {}
  }

  /** The words that {@code check} may have by themselves. */
  static List<String> kinds(List<ProbeType<?>> types) {
    List<String> kinds = new ArrayList<>(types.stream().map(ProbeType::name).toList());
    kinds.add(PROXY);
    return kinds;
  }

  static Shape<Check> of(List<ProbeType<?>> types) {
    List<Shape<? extends Check>> forms = new ArrayList<>();
    types.forEach(type -> forms.add(form(type)));
    forms.add(
        new Shape.Mapping<>(
            "a mapping with proxy",
            List.of(BY_PROXY, READ_EVERY),
            values -> new Check.ByProxy(new ProxyCheckPolicy(values.get(READ_EVERY)))));
    forms.add(
        new Shape.Mapping<>(
            "every, timeout, rise, fall", RHYTHM, values -> new Check.RhythmOnly(rhythm(values))));
    String kinds = String.join(" or ", kinds(types));
    return new Shape.Either<>(kinds + " with its options, and every, timeout, rise, fall", forms);
  }

  /** {@code check: tcp} in full: {@code check: { tcp: {} }}. */
  static Tree inFull(Tree tree, List<ProbeType<?>> types) {
    if (tree instanceof Tree.Text text && kinds(types).contains(text.value())) {
      Tree none = new Tree.Entries(text.place(), List.of());
      return new Tree.Entries(
          text.place(), List.of(new Tree.Entry(text.place(), text.value(), none)));
    }
    return tree;
  }

  private static <O> Shape<Check> form(ProbeType<O> type) {
    FlatOptions<O, ?> options = FlatOptions.of(type.name(), type.options());
    List<Shape.Key<?>> keys = new ArrayList<>();
    keys.add(options.kind());
    keys.addAll(options.others());
    keys.addAll(RHYTHM);
    return new Shape.Mapping<>(
        "a mapping with " + type.name(),
        keys,
        values -> new Check.Own(new CheckConfig<>(type, options.build(values)), rhythm(values)));
  }

  private static CheckPolicy rhythm(Values values) {
    return new CheckPolicy(
        values.get(EVERY), values.get(TIMEOUT), values.get(RISE), values.get(FALL));
  }

  private static Shape.Key<Duration> duration(String name, Duration value, String doc) {
    return Shape.Key.defaulted(name, Durations.SHAPE, value, Durations.format(value), doc);
  }

  private static Shape.Key<Integer> count(String name, int value, String doc) {
    return Shape.Key.defaulted(
        name, Shape.integer(1, Integer.MAX_VALUE), value, Integer.toString(value), doc);
  }
}
