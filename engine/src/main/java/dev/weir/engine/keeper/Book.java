package dev.weir.engine.keeper;

import dev.weir.engine.catalog.PoolDecisions;
import dev.weir.engine.catalog.PoolFold;
import dev.weir.model.Author;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Member;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import dev.weir.model.Target;
import dev.weir.spi.Durations;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All that the keeper knows, and what each message makes of it. The keeper's thread only. */
final class Book {
  private final Pools pools = new Pools();
  private final Overrides overrides;
  private final Map<String, InetAddress> answers = new HashMap<>();

  Book(List<OperatorOverride> stored) {
    this.overrides = new Overrides(stored);
  }

  Pools pools() {
    return pools;
  }

  /** The address in use for each host name. */
  Map<String, InetAddress> answers() {
    return answers;
  }

  Overrides overrides() {
    return overrides;
  }

  /** Takes over what a former run has left. */
  void restore(List<PoolDefinition> definitions, Map<SourceName, LastGood> disk, Round round) {
    for (LastGood report : disk.values()) {
      report.resolved().forEach((host, answer) -> answers.put(host.name(), answer.ip()));
    }
    definitions.forEach(definition -> pools.add(definition, disk, round));
    pools.all().forEach(pool -> override(pool, round));
  }

  /** Takes messages in their order; conclusions that come together are taken pool by pool. */
  void take(List<Message> messages, Round round) {
    for (Message message : messages) {
      if (!(message instanceof Message.Concluded)) {
        pools.foldConclusions(round);
      }
      take(message, round);
    }
    pools.foldConclusions(round);
  }

  private void take(Message message, Round round) {
    switch (message) {
      case Message.Reported reported -> pools.reported(reported.source(), reported.report(), round);
      case Message.Concluded concluded ->
          pools.concluded(concluded.member(), concluded.health(), round);
      case Message.Looked looked -> looked(looked, round);
      case Message.Resolved resolved -> resolved(resolved);
      case Message.Commanded commanded -> {
        command(commanded.command(), round);
        round.tickets.add(commanded.ticket());
      }
    }
  }

  /** Does what is due by time alone. */
  void tick(Round round) {
    for (KeptPool pool : pools.all()) {
      if (pool.due().filter(due -> !due.isAfter(round.now)).isPresent()) {
        pools.fold(pool, round, PoolFold::tick);
      }
    }
    for (OperatorOverride override : overrides.expiring(round.now)) {
      round.tell(
          EventKind.OVERRIDE_EXPIRING,
          Wording.subject(override.target()),
          "ends in %s: %s, by %s"
              .formatted(
                  Durations.format(Overrides.WARNING),
                  Wording.decided(override),
                  override.attribution().by()));
    }
    for (OperatorOverride override : overrides.expire(round.now)) {
      round.tell(
          EventKind.OVERRIDE_EXPIRED,
          Wording.subject(override.target()),
          "%s by %s has expired"
              .formatted(Wording.of(override.action()), override.attribution().by()));
      affected(override.target()).forEach(pool -> override(pool, round));
    }
  }

  private void looked(Message.Looked looked, Round round) {
    KeptPool pool = pools.find(looked.member().pool());
    if (pool != null) {
      pools.fold(
          pool,
          round,
          (state, sight) -> PoolFold.looked(state, looked.member(), looked.result(), sight));
    }
  }

  /** An answer that still holds is kept; of several others the lowest is taken. */
  private void resolved(Message.Resolved resolved) {
    InetAddress before = answers.get(resolved.name());
    if (before != null && resolved.addresses().contains(before)) {
      return;
    }
    resolved.addresses().stream()
        .min(Comparator.comparing(InetAddress::getAddress, Book::compare))
        .ifPresent(lowest -> answers.put(resolved.name(), lowest));
    for (KeptPool pool : pools.all()) {
      if (pool.hostNames().contains(resolved.name())) {
        pool.touch();
      }
    }
  }

  private static int compare(byte[] a, byte[] b) {
    return a.length == b.length ? Arrays.compareUnsigned(a, b) : a.length - b.length;
  }

  // ---- commands

  private void command(Command command, Round round) {
    switch (command) {
      case Command.SetOverride set -> set(set, round);
      case Command.ClearOverride clear -> clear(clear, round);
      case Command.Together together -> together.parts().forEach(part -> command(part, round));
      case Command.Release release ->
          decide(
              release.pool(),
              pool ->
                  pools.fold(
                      pool,
                      round,
                      (state, sight) -> PoolDecisions.released(state, release.by().name(), sight)));
      case Command.Deny deny ->
          decide(
              deny.pool(),
              pool ->
                  pools.fold(
                      pool,
                      round,
                      (state, sight) -> PoolDecisions.denied(state, deny.by().name(), sight)));
      case Command.Reconfigure reconfigure -> reconfigure(reconfigure.pools(), round);
    }
  }

  private void decide(PoolId id, Consumer<KeptPool> decision) {
    KeptPool pool = pools.find(id);
    if (pool != null) {
      decision.accept(pool);
    }
  }

  private void set(Command.SetOverride set, Round round) {
    OperatorOverride override = set.override();
    String before = Wording.of(overrides.at(override.target(), override.slot()));
    overrides.set(override);
    OperatorOverride.Attribution by = override.attribution();
    round.events.add(
        Event.of(
                round.now,
                EventKind.OVERRIDE_SET,
                Wording.subject(override.target()),
                Wording.decided(override))
            .by(
                new Author(by.by(), set.requestId()),
                new Event.Change(before, Wording.of(override.action())),
                by.reason()));
    affected(override.target()).forEach(pool -> override(pool, round));
  }

  private void clear(Command.ClearOverride clear, Round round) {
    String before = Wording.of(overrides.at(clear.target(), clear.slot()));
    if (overrides.drop(clear.target(), clear.slot())) {
      String slot = clear.slot().name().toLowerCase(Locale.ROOT);
      round.events.add(
          Event.of(
                  round.now,
                  EventKind.OVERRIDE_CLEARED,
                  Wording.subject(clear.target()),
                  slot + " is decided by discovery and checks again")
              .by(clear.by(), new Event.Change(before, Wording.NONE), Optional.empty()));
      affected(clear.target()).forEach(pool -> override(pool, round));
    }
  }

  private void override(KeptPool pool, Round round) {
    List<OperatorOverride> before = pool.overrides();
    SourceName list = pool.state().operatorList();
    boolean first = !pool.state().sources().containsKey(list);
    if (pool.override(overrides.of(pool.state().id())) || first) {
      List<Member> added = Overrides.added(pool.overrides(), list);
      if (first || !added.equals(Overrides.added(before, list))) {
        pools.added(pool, added, round);
      }
    }
  }

  private void reconfigure(List<PoolDefinition> definitions, Round round) {
    Set<PoolId> staying = new HashSet<>();
    definitions.forEach(definition -> staying.add(definition.id()));
    for (KeptPool pool : List.copyOf(pools.all())) {
      PoolId id = pool.state().id();
      if (!staying.contains(id)) {
        pools.drop(id);
        round.gone.add(id);
        round.tell(EventKind.POOL_GONE, Event.Subject.of(id), gone(pool.state().definition()));
      }
    }
    for (PoolDefinition definition : definitions) {
      KeptPool pool = pools.find(definition.id());
      if (pool == null) {
        pools.add(definition, Map.of(), round);
        round.tell(EventKind.POOL_ADDED, Event.Subject.of(definition.id()), added(definition));
      } else if (!definition.equals(pool.state().definition())) {
        pools.redefine(pool, definition, round);
      }
    }
    pools.all().forEach(pool -> override(pool, round));
  }

  private static String added(PoolDefinition definition) {
    return definition.set().map("found by pool set %s"::formatted).orElse("is configured now");
  }

  private static String gone(PoolDefinition definition) {
    return definition
        .set()
        .map("pool set %s has it no more"::formatted)
        .orElse("is configured no more");
  }

  private List<KeptPool> affected(Target target) {
    if (target.onlyPool().isEmpty()) {
      return List.copyOf(pools.all());
    }
    KeptPool pool = pools.find(target.onlyPool().get());
    return pool == null ? List.of() : List.of(pool);
  }
}
