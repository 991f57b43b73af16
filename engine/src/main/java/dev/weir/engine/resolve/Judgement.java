package dev.weir.engine.resolve;

import dev.weir.model.Because;
import dev.weir.model.Because.Cause;
import dev.weir.model.CatalogMember;
import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolInputs;
import dev.weir.model.Presence;
import dev.weir.model.ServerState;
import dev.weir.model.Standing;
import java.util.Map;
import java.util.Optional;

/**
 * The rules for one member by itself, in the order in which they win: what an operator decided,
 * what its sources say, what its check says. Rules that need the whole pool are {@link
 * PoolResolution}'s. Used by one thread.
 */
final class Judgement {
  private final PoolInputs inputs;
  private final Decrees decrees;
  private final Map<Endpoint, ServerState> adopted;
  private boolean asked;

  /**
   * @param adopted what the proxy had when Weir came, and in which state
   */
  Judgement(PoolInputs inputs, Decrees decrees, Map<Endpoint, ServerState> adopted) {
    this.inputs = inputs;
    this.decrees = decrees;
    this.adopted = adopted;
  }

  /** Whether what the proxy had when Weir came has played a part so far. */
  boolean askedTheProxy() {
    return asked;
  }

  Verdict of(CatalogMember member) {
    Optional<OperatorOverride> membership = decrees.holding(member.member(), Slot.MEMBERSHIP);
    if (membership.filter(o -> o.action() instanceof OperatorOverride.Remove).isPresent()) {
      return absent(member, Cause.OPERATOR_REMOVE, said("removed", membership.get()));
    }
    Optional<Endpoint> endpoint = member.member().address().endpoint(inputs.resolved());
    if (endpoint.isEmpty()) {
      return absent(
          member, Cause.UNRESOLVED, "its host name has not been resolved yet, tried every 30 s");
    }
    Optional<OperatorOverride> state = decrees.holding(member.member(), Slot.STATE);
    if (state.isPresent()) {
      return ordered(member, endpoint.get(), state.get());
    }
    boolean wanted = membership.isPresent();
    CatalogMember judged = wanted ? member.with(new Presence.Present()) : member;
    return bySources(judged, endpoint.get());
  }

  private static Verdict ordered(
      CatalogMember member, Endpoint endpoint, OperatorOverride override) {
    if (override.action() instanceof OperatorOverride.Pin) {
      Because pinned = new Because(Cause.OPERATOR_PIN, said("pinned", override));
      return new Verdict.Carried(member.member(), endpoint, ServerState.READY, pinned);
    }
    boolean drain = override.action() instanceof OperatorOverride.Drain;
    return new Verdict.Carried(
        member.member(),
        endpoint,
        drain ? ServerState.DRAIN : ServerState.MAINT,
        drain
            ? new Because(Cause.OPERATOR_DRAIN, said("drained", override))
            : new Because(Cause.OPERATOR_DISABLE, said("disabled", override)));
  }

  private Verdict bySources(CatalogMember member, Endpoint endpoint) {
    boolean known = known(member, endpoint);
    if (member.presence() instanceof Presence.Leaving leaving) {
      return drained(member, endpoint, new Because(Cause.DEPARTED, leaving.evidence()));
    }
    if (member.member().condition() == Condition.DRAINING) {
      String detail = "its source says that it is draining";
      return known
          ? drained(member, endpoint, new Because(Cause.SOURCE_DRAINING, detail))
          : absent(member, Cause.SOURCE_DRAINING, detail);
    }
    return inputs.policy().check().isPresent()
        ? byCheck(member, endpoint)
        : withoutCheck(member, endpoint);
  }

  private Verdict drained(CatalogMember member, Endpoint endpoint, Because because) {
    return known(member, endpoint)
        ? new Verdict.Carried(member.member(), endpoint, ServerState.DRAIN, because)
        : new Verdict.Absent(member.member(), because);
  }

  private Verdict withoutCheck(CatalogMember member, Endpoint endpoint) {
    if (member.presence() instanceof Presence.Remembered remembered && !known(member, endpoint)) {
      return absent(
          member,
          Cause.FIRST_CHECK,
          "restored from a catalog of %s, has not answered yet".formatted(remembered.seen()));
    }
    return ready(member, endpoint, new Because(Cause.DISCOVERED, "named by " + named(member)));
  }

  private Verdict byCheck(CatalogMember member, Endpoint endpoint) {
    boolean known = known(member, endpoint);
    return switch (inputs.healthOf(member.id())) {
      case Health.Up ignored ->
          ready(member, endpoint, new Because(Cause.CHECK_PASSED, "its check passes"));
      case Health.Unknown ignored ->
          known
              ? undecided(member, endpoint)
              : absent(member, Cause.FIRST_CHECK, "waits for the first success of its check");
      case Health.Down down -> failed(member, endpoint, down);
    };
  }

  private Verdict failed(CatalogMember member, Endpoint endpoint, Health.Down down) {
    String detail = down.last().detail();
    if (!known(member, endpoint)) {
      return absent(member, Cause.CHECK_FAILED, "its check fails and never passed: " + detail);
    }
    Verdict.Failing failing = new Verdict.Failing(member.member(), endpoint, detail);
    if (down.refused()) {
      return failing.out();
    }
    if (member.presence() instanceof Presence.Kept kept) {
      Because because =
          new Because(
              Cause.KEPT, "its check fails (%s), but going %s".formatted(detail, kept.reason()));
      return new Verdict.Carried(member.member(), endpoint, ServerState.READY, because);
    }
    return failing;
  }

  /** Without a conclusion a member stays in the state that the proxy has it in. */
  private Verdict undecided(CatalogMember member, Endpoint endpoint) {
    ServerState state =
        member.standing() == Standing.PROVEN
            ? ServerState.READY
            : adopted().getOrDefault(endpoint, ServerState.READY);
    Because because = new Because(Cause.ADOPTED, adoptedDetail(member));
    return state == ServerState.READY
        ? ready(member, endpoint, because)
        : new Verdict.Carried(member.member(), endpoint, state, because);
  }

  /** A member that serves; why, if its sources do not name it any more, is said first. */
  private static Verdict ready(CatalogMember member, Endpoint endpoint, Because otherwise) {
    Because because =
        switch (member.presence()) {
          case Presence.Held held ->
              new Because(Cause.HELD, "missing from its source, but going " + held.reason());
          case Presence.Outgoing outgoing ->
              new Because(
                  Cause.OUTGOING, outgoing.evidence() + "; serves until those that came answer");
          case Presence.Present ignored -> otherwise;
          case Presence.Remembered ignored -> otherwise;
          case Presence.Kept ignored -> otherwise;
          case Presence.Leaving ignored -> otherwise;
        };
    return new Verdict.Carried(member.member(), endpoint, ServerState.READY, because);
  }

  /** Whether this proxy may have the member already, so that it needs no first success. */
  private boolean known(CatalogMember member, Endpoint endpoint) {
    return switch (member.standing()) {
      case PROVEN -> true;
      case KNOWN -> adopted().containsKey(endpoint);
      case ARRIVED -> false;
    };
  }

  private Map<Endpoint, ServerState> adopted() {
    asked = true;
    return adopted;
  }

  private static String adoptedDetail(CatalogMember member) {
    return member.standing() == Standing.PROVEN
        ? "it has answered before; its check has not concluded yet"
        : "the proxy had it like this before; its check has not concluded yet";
  }

  private static String named(CatalogMember member) {
    return member.sources().isEmpty()
        ? member.member().source().value()
        : member.sources().getFirst().value();
  }

  private static Verdict absent(CatalogMember member, Cause cause, String detail) {
    return new Verdict.Absent(member.member(), new Because(cause, detail));
  }

  private static String said(String what, OperatorOverride override) {
    OperatorOverride.Attribution by = override.attribution();
    return what
        + " by "
        + by.by()
        + by.reason().map(reason -> ": " + reason).orElse("")
        + by.until().map(until -> ", until " + until).orElse("");
  }
}
