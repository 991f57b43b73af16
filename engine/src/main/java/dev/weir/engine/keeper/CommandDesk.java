package dev.weir.engine.keeper;

import dev.weir.model.Inputs;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.Target;
import dev.weir.spi.Durations;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where commands come in: checked, made durable, and only then left for the keeper, on the caller's
 * thread, so that a slow disk delays nobody but who asked. Safe for any thread.
 */
final class CommandDesk {
  private final StoredOverrides stored;
  private final Mailbox mailbox;
  private final Time time;
  private final Supplier<Inputs> inputs;

  CommandDesk(StoredOverrides stored, Seams seams, Supplier<Inputs> inputs) {
    this.stored = stored;
    this.mailbox = seams.mailbox();
    this.time = seams.time();
    this.inputs = inputs;
  }

  Ticket enqueue(Command command) throws Refused, StoreException {
    Ticket ticket = new Ticket();
    Runnable leave = () -> mailbox.put(new Message.Commanded(command, ticket));
    switch (command) {
      case Command.OverrideCommand one -> change(List.of(one), leave);
      case Command.Together together -> change(together.parts(), leave);
      case Command.Release release -> {
        checkPool(release.pool());
        leave.run();
      }
      case Command.Deny deny -> {
        checkPool(deny.pool());
        leave.run();
      }
      case Command.Reconfigure ignored -> leave.run();
    }
    return ticket;
  }

  private void change(List<Command.OverrideCommand> commands, Runnable leave)
      throws Refused, StoreException {
    List<OverrideStore.Change> changes = new ArrayList<>();
    for (Command.OverrideCommand command : commands) {
      switch (command) {
        case Command.SetOverride set -> {
          check(set.override());
          changes.add(new OverrideStore.Change.Set(set.override()));
        }
        case Command.ClearOverride clear ->
            changes.add(new OverrideStore.Change.Clear(clear.target(), clear.slot()));
      }
    }
    stored.change(changes, leave);
  }

  private void check(OperatorOverride override) throws Refused {
    Target target = override.target();
    if (target.onlyPool().isPresent()) {
      checkPool(target.onlyPool().get());
    }
    if (override.action() instanceof OperatorOverride.Add add
        && !target.equals(new Target.One(add.member().id()))) {
      throw new Refused(
          "add: %s (expected: the member to be added itself as target)"
              .formatted(add.member().id()));
    }
    Instant now = time.now();
    if (StoredOverrides.expired(override, now)) {
      Instant until = override.attribution().until().orElse(now);
      throw new Refused(
          "until: %s (expected: later than now; it was %s ago)"
              .formatted(until, Durations.format(Duration.between(until, now))));
    }
  }

  private void checkPool(PoolId pool) throws Refused {
    Inputs now = inputs.get();
    if (!now.pools().containsKey(pool)) {
      throw new Refused(
          "pool: %s (expected: one of %s)"
              .formatted(
                  pool,
                  now.pools().keySet().stream()
                      .sorted()
                      .map(PoolId::value)
                      .collect(Collectors.joining(", "))));
    }
  }
}
