package dev.weir.app.config;

import dev.weir.engine.reconcile.Drift;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.ReloadLimits;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import dev.weir.spi.BackupPolicy;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a proxy is written: one kind with its options, and the pools it carries. */
final class ProxyShape {

  private static final Shape.Key<PoolId> POOL =
      Shape.Key.required(
          "pool", Shape.scalar("the name of a pool", PoolId::new), "The name of the pool.");
  private static final Shape.Key<String> AS =
      Shape.Key.optional(
          "as",
          Shape.scalar("a name of A-Z a-z 0-9 _ . -", ProxyShape::name),
          "Its name in this proxy; without it, the pool's own.");

  private static final Shape.Key<String> SET =
      Shape.Key.required("set", Shape.text("the name of a pool set"), "The name of the pool set.");
  private static final Shape.Key<String> AS_PATTERN =
      Shape.Key.defaulted(
          "as",
          Shape.scalar("a name of A-Z a-z 0-9 _ . - with {pool} in it", ProxyShape::pattern),
          "{pool}",
          "{pool}",
          "The names of its pools in this proxy.");

  /** {@code web}, {@code { pool: web, as: be_web }} or {@code { set: all, as: 'be_{pool}' }}. */
  static final Shape<Carriage> CARRIAGE =
      new Shape.Either<>(
          "the name of a pool, { pool: NAME, as: NAME }, or { set: NAME, as: 'be_{pool}' }",
          List.of(
              new Shape.Mapping<>(
                  "{ set: NAME, as: 'be_{pool}' }",
                  List.of(SET, AS_PATTERN),
                  values ->
                      new Carriage.OfSet(
                          new ProxyConfig.SetCarriage(values.get(SET), values.get(AS_PATTERN)))),
              new Shape.Shorthand<>(
                  POOL,
                  new Shape.Mapping<>(
                      "{ pool: NAME, as: NAME }",
                      List.of(POOL, AS),
                      values ->
                          new Carriage.OfPool(
                              values.get(POOL),
                              values.find(AS).orElse(values.get(POOL).value()))))));

  private static final Shape.Key<List<Carriage>> POOLS =
      Shape.Key.required("pools", Shape.listOf(CARRIAGE), "The pools it carries.");

  private static final Shape.Key<Mode> MODE =
      Shape.Key.defaulted(
          "mode",
          Shape.scalar("observe, state or full", ProxyShape::mode),
          Mode.FULL,
          "full",
          "observe: look, check and plan, but never touch it. state (haproxy): turn the servers"
              + " that it has, found by their addresses, ready, drain or maint, and nothing else:"
              + " no server is added, no weight changed, no file written, nothing reloaded; a"
              + " server that no source names a member at is put into maint.");

  private static final Shape.Key<ReloadLimits> RELOADS =
      Shape.Key.defaulted(
          "reloads",
          CareShapes.RELOADS,
          ReloadLimits.DEFAULT,
          "{ distance: 350ms, budget: 60, per_minute: 12, old_processes: 8 }",
          "How often it may be reloaded.");

  private static final Shape.Key<BackupPolicy> BACKUPS =
      Shape.Key.defaulted(
          "backups",
          CareShapes.BACKUPS,
          BackupPolicy.DEFAULT,
          "{ keep: 10, age: 30d, size: 100MB }",
          "Which earlier versions of the files that Weir writes are kept.");

  private static final Shape.Key<Drift> DRIFT =
      Shape.Key.defaulted(
          "drift",
          Shape.scalar("respect, repair or report", ProxyShape::drift),
          Drift.RESPECT,
          "respect",
          "What becomes of what somebody else changes at the proxy. respect: a server that was set"
              + " to drain or maint there becomes a decision (by external@PROXY) until it is ready"
              + " there again or weir enable, all else is put right; repair: all is put right;"
              + " report: it is told, and left until Weir has something to change there or weir"
              + " sync. What had to be put right three times in 10 minutes is left alone until weir"
              + " resume.");

  private ProxyShape() {}

  /** What a proxy carries, and the names there. */
  sealed interface Carriage {
    record OfPool(PoolId pool, String as) implements Carriage {}

    record OfSet(ProxyConfig.SetCarriage set) implements Carriage {}
  }

  /** A proxy, before it has a name and its pools are looked up. */
  record Body<O, S>(
      Mode mode, ProxyCare care, ProxyDriverType<O, S> type, O options, List<Carriage> carriages) {

    /** The proxy, with what its pools say for its kind. */
    ProxyConfig<O, S> named(ProxyName name, Map<PoolId, PoolConfig> pools) {
      List<ProxyDriverType.Carried<S>> carried = new ArrayList<>();
      List<ProxyConfig.SetCarriage> sets = new ArrayList<>();
      for (Carriage carriage : carriages) {
        switch (carriage) {
          case Carriage.OfSet(ProxyConfig.SetCarriage set) -> sets.add(set);
          case Carriage.OfPool(PoolId pool, String as) ->
              Optional.ofNullable(pools.get(pool))
                  .map(found -> ProxyConfig.carried(type, found, as))
                  .ifPresent(carried::add);
        }
      }
      return new ProxyConfig<>(name, mode, care, type, options, carried, sets);
    }
  }

  static Shape<Body<?, ?>> of(List<ProxyDriverType<?, ?>> types) {
    List<Shape<? extends Body<?, ?>>> forms = new ArrayList<>();
    types.forEach(type -> forms.add(form(type)));
    String kinds = types.stream().map(ProxyDriverType::name).collect(Collectors.joining(" or "));
    return new Shape.Either<Body<?, ?>>("a mapping with %s, and pools".formatted(kinds), forms);
  }

  private static <O, S> Shape<Body<?, ?>> form(ProxyDriverType<O, S> type) {
    Shape.Key<O> kind =
        Shape.Key.required(type.name(), type.options(), "The options of this proxy, see below.");
    return new Shape.Mapping<>(
        "a mapping with " + type.name() + " and pools",
        List.of(kind, MODE, DRIFT, RELOADS, BACKUPS, POOLS),
        values ->
            new Body<>(
                possible(values.get(MODE), type),
                new ProxyCare(values.get(DRIFT), values.get(RELOADS), values.get(BACKUPS)),
                type,
                values.get(kind),
                values.get(POOLS)));
  }

  private static Mode possible(Mode mode, ProxyDriverType<?, ?> type) {
    if (mode == Mode.STATE && !type.turnsServers()) {
      throw new IllegalArgumentException(
          "mode: state (expected: observe or full; the servers of %s cannot be turned without its file)"
              .formatted(type.name()));
    }
    return mode;
  }

  private static Mode mode(String text) {
    return switch (text) {
      case "full" -> Mode.FULL;
      case "observe" -> Mode.OBSERVE;
      case "state" -> Mode.STATE;
      default -> throw new IllegalArgumentException("no such mode");
    };
  }

  private static String pattern(String text) {
    if (!text.contains("{pool}")) {
      throw new IllegalArgumentException(Quoted.of(text) + " has no {pool}");
    }
    name(text.replace("{pool}", "x"));
    return text;
  }

  private static Drift drift(String text) {
    return switch (text) {
      case "respect" -> Drift.RESPECT;
      case "repair" -> Drift.REPAIR;
      case "report" -> Drift.REPORT;
      default -> throw new IllegalArgumentException("no such way");
    };
  }

  private static String name(String text) {
    if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")) {
      throw new IllegalArgumentException(Quoted.of(text) + " is no name");
    }
    return text;
  }
}
