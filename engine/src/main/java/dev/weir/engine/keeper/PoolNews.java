package dev.weir.engine.keeper;

import dev.weir.model.Because.Cause;
import dev.weir.model.CatalogMember;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changes for a pool as a whole, by comparing what followed from its inputs before and
 * now: that it has run empty or is filled again, and which members serve against their check. Looks
 * through the eyes of a proxy that has all members already.
 */
final class PoolNews {
  private final Resolutions resolutions;
  private Map<MemberId, Cause> causes = Map.of();
  private List<Member> ready = List.of();
  private @Nullable Boolean filled; // null until it is known for the first time

  PoolNews(Resolutions resolutions) {
    this.resolutions = resolutions;
  }

  /** Takes new inputs; what became of the pool's fill is told only when enough is known. */
  void take(PoolInputs inputs, Round round, boolean known) {
    DesiredPool pool = resolutions.of(inputs, everyEndpoint(inputs));
    Map<MemberId, Cause> now = new HashMap<>();
    pool.members().forEach(member -> now.put(member.id(), member.because().cause()));
    for (DesiredMember member : pool.members()) {
      tellKept(member, round);
    }
    causes = Map.copyOf(now);
    ready = readyMembers(inputs, pool);
    if (known) {
      tellFill(pool, round);
    }
  }

  /** The members that serve, for a pool that keeps its last ones; else none. */
  List<Member> ready() {
    return ready;
  }

  private void tellKept(DesiredMember member, Round round) {
    boolean before = causes.get(member.id()) == Cause.KEPT;
    boolean now = member.because().cause() == Cause.KEPT;
    if (now && !before) {
      round.tell(EventKind.MEMBER_KEPT, Event.Subject.of(member.id()), member.because().detail());
    } else if (before && member.because().cause() == Cause.CHECK_FAILED) {
      round.tell(
          EventKind.MEMBER_DOWN,
          Event.Subject.of(member.id()),
          "kept no longer; " + member.because().detail());
    }
  }

  private void tellFill(DesiredPool pool, Round round) {
    boolean now = pool.members().stream().anyMatch(PoolNews::serves);
    boolean first = filled == null;
    boolean changed = filled != null && filled != now;
    filled = now;
    if (!now && (first || changed)) {
      round.tell(
          EventKind.POOL_EMPTY,
          Event.Subject.of(pool.id()),
          "no member is ready; answers with " + words(pool.empty()));
    } else if (changed) {
      round.tell(EventKind.POOL_FILLED, Event.Subject.of(pool.id()), "has ready members again");
    }
  }

  private static boolean serves(DesiredMember member) {
    return member.state() == ServerState.READY && member.because().cause() != Cause.LAST_MEMBERS;
  }

  private static String words(EmptyPolicy policy) {
    return switch (policy) {
      case EmptyPolicy.Status status -> "status " + status.code();
      case EmptyPolicy.Fallback fallback -> "the fallback " + fallback.endpoint();
      case EmptyPolicy.Keep ignored -> "its last members";
    };
  }

  private List<Member> readyMembers(PoolInputs inputs, DesiredPool pool) {
    if (!(inputs.policy().empty() instanceof EmptyPolicy.Keep)) {
      return List.of();
    }
    List<Member> serving =
        pool.members().stream()
            .filter(PoolNews::serves)
            .flatMap(member -> inputs.pool().find(member.id()).stream())
            .map(CatalogMember::member)
            .sorted()
            .toList();
    return serving.isEmpty() ? ready : serving;
  }

  private static Map<Endpoint, ServerState> everyEndpoint(PoolInputs inputs) {
    Map<Endpoint, ServerState> all = new HashMap<>();
    inputs.resolved().values().forEach(endpoint -> all.put(endpoint, ServerState.READY));
    inputs.pool().members().stream()
        .map(member -> member.member().address())
        .filter(Endpoint.class::isInstance)
        .forEach(address -> all.put((Endpoint) address, ServerState.READY));
    return all;
  }
}
