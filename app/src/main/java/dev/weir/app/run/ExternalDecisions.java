package dev.weir.app.run;

import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Command.OverrideCommand;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.reconcile.Appeals;
import dev.weir.engine.reconcile.AtProxy;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.model.Author;
import dev.weir.model.Inputs;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolInputs;
import dev.weir.model.ProxyName;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what somebody sets at a proxy itself for a decision of an operator: by {@code
 * external@PROXY}, durable, for all proxies, until it is taken back there or here, the proxy is
 * configured no more, or the {@code max_hold} of the pool's guard is over. Safe for any thread.
 */
public final class ExternalDecisions implements Appeals {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalDecisions.class);

  private static final String EXTERNAL = "external@";

  private final Keeper keeper;
  private final Pauses pauses;
  private final Time time;

  public ExternalDecisions(Keeper keeper, Pauses pauses, Time time) {
    this.keeper = keeper;
    this.pauses = pauses;
    this.time = time;
  }

  @Override
  public Answer decided(ProxyName proxy, List<AtProxy> members) {
    String by = EXTERNAL + proxy;
    List<OverrideCommand> commands = new ArrayList<>();
    for (AtProxy member : members) {
      command(member, by).ifPresent(commands::add);
    }
    if (commands.isEmpty()) {
      return Answer.NOBODYS;
    }
    try {
      var _ = keeper.enqueue(new Command.Together(commands));
      return Answer.TAKEN;
    } catch (Refused | StoreException e) {
      LOG.warn("what was decided at proxy {} cannot be kept: {}", proxy, e.getMessage());
      return Answer.FAILED;
    }
  }

  /** Absent where it is known already, and where traffic was given to whom Weir gives none. */
  private Optional<OverrideCommand> command(AtProxy member, String by) {
    Target target = new Target.One(member.member());
    Optional<OperatorOverride> known = known(target).filter(it -> by.equals(it.attribution().by()));
    return switch (member.is()) {
      case READY ->
          known.map(ignored -> new Command.ClearOverride(target, Slot.STATE, Author.of(by)));
      case DRAIN -> set(target, new OperatorOverride.Drain(), known, by);
      case MAINT -> set(target, new OperatorOverride.Disable(), known, by);
    };
  }

  private Optional<OverrideCommand> set(
      Target target, Action action, Optional<OperatorOverride> known, String by) {
    if (known.filter(it -> it.action().equals(action)).isPresent()) {
      return Optional.empty();
    }
    Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
    Attribution attribution =
        new Attribution(
            by, now, Optional.of("set at the proxy itself"), maxHold(target).map(now::plus));
    return Optional.of(new Command.SetOverride(new OperatorOverride(target, action, attribution)));
  }

  private Optional<OperatorOverride> known(Target target) {
    return pool(target).map(PoolInputs::overrides).orElse(List.of()).stream()
        .filter(it -> it.target().equals(target) && it.slot() == Slot.STATE)
        .findFirst();
  }

  /** After which nobody is likely to come back to the proxy and put the member in again. */
  private Optional<Duration> maxHold(Target target) {
    return pool(target).map(it -> it.pool().definition().policy().guard().maxHold());
  }

  private Optional<PoolInputs> pool(Target target) {
    Inputs inputs = keeper.inputs();
    return target.onlyPool().map(inputs.pools()::get);
  }

  /**
   * Clears what was decided at proxies that Weir does not keep any more: nobody can take it back
   * there.
   *
   * @param kept the proxies that are configured
   */
  void keepOnly(Set<ProxyName> kept) {
    Set<String> known = kept.stream().map(proxy -> EXTERNAL + proxy).collect(Collectors.toSet());
    List<OverrideCommand> commands = new ArrayList<>();
    for (PoolInputs pool : keeper.inputs().pools().values()) {
      for (OperatorOverride override : pool.overrides()) {
        String by = override.attribution().by();
        if (by.startsWith(EXTERNAL) && !known.contains(by)) {
          commands.add(
              new Command.ClearOverride(override.target(), override.slot(), Author.of("weir")));
        }
      }
    }
    if (commands.isEmpty()) {
      return;
    }
    try {
      var _ = keeper.enqueue(new Command.Together(commands));
    } catch (Refused | StoreException e) {
      LOG.warn("what was decided at proxies that are gone still holds: {}", e.getMessage());
    }
  }

  @Override
  public void contested(ProxyName proxy, String why) {
    pauses.contest(proxy, why);
  }
}
