package dev.weir.app.config;

import dev.weir.model.EmptyPolicy;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.model.Split;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.Shape;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a pool is written, and the parts of one that may stand in a profile or in the defaults. */
final class PoolShape {

  private static final Shape.Key<String> USE =
      Shape.Key.optional("use", Shape.text("the name of a profile"), "A profile to start from.");
  private static final Shape.Key<Integer> FLOOR =
      Shape.Key.defaulted(
          "floor",
          Shape.integer(0, Integer.MAX_VALUE),
          PoolPolicy.DEFAULT.floor(),
          Integer.toString(PoolPolicy.DEFAULT.floor()),
          "Ready members that soft evidence alone never takes below.");
  private static final Shape.Key<GuardPolicy> GUARD =
      Shape.Key.defaulted(
          "guard",
          PolicyShapes.GUARD,
          GuardPolicy.DEFAULT,
          "{ max_loss: 50%, window: 1m, max_hold: 1d }",
          "The limit on what soft evidence may take away.");
  private static final Shape.Key<DrainPolicy> DRAIN =
      Shape.Key.defaulted(
          "drain",
          PolicyShapes.DRAIN,
          DrainPolicy.DEFAULT,
          "{ grace: 30s, deadline: 5m }",
          "How a departing member is let go.");
  private static final Shape.Key<EmptyPolicy> EMPTY =
      Shape.Key.defaulted(
          "empty",
          PolicyShapes.EMPTY,
          EmptyPolicy.DEFAULT,
          "{ status: 503 }",
          "What the pool answers while none of its members is ready.");
  private static final Shape.Key<LabelSelector> BACKUP =
      Shape.Key.optional(
          "backup",
          LabelSelector.SHAPE,
          "Members with these labels take traffic only when no other member can.");

  private static final Shape.Key<PoolKind> KIND =
      Shape.Key.defaulted(
          "kind",
          Shape.choice(PoolKind.class),
          PoolKind.HTTP,
          "http",
          "What its members speak; nginx carries tcp and udp in stream, HAProxy tcp in mode tcp.");

  private static final Shape.Key<Split> SPLIT =
      Shape.Key.optional(
          "split",
          SplitShape.SHAPE,
          "Shares the traffic between groups of members, whatever their sizes; weir split decides"
              + " otherwise.");

  static final Shape.Key<Boolean> OPTIONAL =
      Shape.Key.defaulted(
          "optional",
          Shape.flag(),
          false,
          "false",
          "Whether a running proxy may be touched before this source has reported.");

  static final Shape.Key<LabelSelector> SELECT =
      Shape.Key.optional(
          "select", LabelSelector.SHAPE, "Takes only members of this source with these labels.");

  private final Shape.Key<List<SourceConfig.Entry<?>>> sources;
  private final Shape.Key<CheckShape.Check> check;
  private final List<Surrounding<?>> surroundings;

  PoolShape(Kinds kinds) {
    sources =
        Shape.Key.required(
            "sources",
            Shape.listOf(sourceEntry(kinds.sources())),
            "Where its members are discovered; of two that name one member, the first wins.");
    check =
        Shape.Key.optional(
            "check",
            CheckShape.of(kinds.probes()),
            "How its members are probed; without it, discovery decides.");
    surroundings = kinds.proxies().stream().<Surrounding<?>>map(Surrounding::of).toList();
  }

  /** A pool, before it has a name. */
  record Body(
      List<SourceConfig.Entry<?>> sources,
      PoolPolicy policy,
      Optional<CheckShape.Check> check,
      Optional<LabelSelector> backup,
      PoolKind kind,
      Surroundings surroundings) {}

  Shape.Mapping<Body> pool() {
    List<Shape.Key<?>> keys = new ArrayList<>();
    keys.add(sources);
    keys.add(USE);
    keys.add(SPLIT);
    keys.add(BACKUP);
    keys.add(KIND);
    keys.addAll(policies());
    return new Shape.Mapping<>("a mapping with sources", keys, this::body);
  }

  /** The keys of a pool that may stand in a pool set. */
  List<Shape.Key<?>> inSets() {
    return pool().keys().stream().filter(key -> !key.equals(sources)).toList();
  }

  Shape.Mapping<Body> profile() {
    List<Shape.Key<?>> keys = new ArrayList<>();
    keys.add(sources);
    keys.add(BACKUP);
    keys.add(KIND);
    keys.addAll(policies());
    return new Shape.Mapping<>("a mapping with keys of a pool", keys, this::body);
  }

  Shape.Mapping<Body> defaults() {
    return new Shape.Mapping<>("a mapping with keys of a pool", policies(), this::body);
  }

  private List<Shape.Key<?>> policies() {
    List<Shape.Key<?>> keys = new ArrayList<>(List.of(check, FLOOR, GUARD, DRAIN, EMPTY));
    surroundings.forEach(surrounding -> keys.add(surrounding.key()));
    return keys;
  }

  private Body body(Values values) {
    Optional<CheckShape.Check> checked =
        values.find(check).filter(c -> !(c instanceof CheckShape.Check.RhythmOnly));
    PoolPolicy policy =
        new PoolPolicy(
            checked.flatMap(CheckShape.Check::own).map(CheckShape.Check.Own::rhythm),
            checked.flatMap(CheckShape.Check::byProxy),
            values.get(FLOOR),
            values.get(GUARD),
            values.get(DRAIN),
            values.get(EMPTY),
            values.find(SPLIT));
    Surroundings.Builder around = new Surroundings.Builder();
    surroundings.forEach(surrounding -> surrounding.collect(values, around));
    return new Body(
        values.get(sources),
        policy,
        checked,
        values.find(BACKUP),
        values.get(KIND),
        around.build());
  }

  private static Shape<SourceConfig.Entry<?>> sourceEntry(List<SourceType<?>> types) {
    List<Shape<? extends SourceConfig.Entry<?>>> forms = new ArrayList<>();
    types.forEach(type -> forms.add(form(type)));
    String kinds = types.stream().map(SourceType::name).collect(Collectors.joining(", "));
    return new Shape.Either<SourceConfig.Entry<?>>(
        "a mapping with one kind of source: " + kinds, forms);
  }

  private static <O> Shape<SourceConfig.Entry<?>> form(SourceType<O> type) {
    Shape.Key<O> kind =
        Shape.Key.required(type.name(), type.options(), "The options of this source, see below.");
    return new Shape.Mapping<>(
        "a mapping with " + type.name(),
        List.of(kind, OPTIONAL, SELECT),
        values ->
            new SourceConfig.Entry<>(type, values.get(kind), need(values), values.find(SELECT)));
  }

  static SourceConfig.Need need(Values values) {
    return values.get(OPTIONAL) ? SourceConfig.Need.OPTIONAL : SourceConfig.Need.REQUIRED;
  }

  /** The key of a pool for one kind of proxy. */
  private record Surrounding<S>(ProxyDriverType<?, S> type, Shape.Key<S> key) {

    static <S> Surrounding<S> of(ProxyDriverType<?, S> type) {
      String doc = "What surrounds the members in this kind of proxy.";
      return new Surrounding<>(type, Shape.Key.optional(type.name(), type.surroundings(), doc));
    }

    void collect(Values values, Surroundings.Builder into) {
      values.find(key).ifPresent(said -> into.put(type, said));
    }
  }
}
