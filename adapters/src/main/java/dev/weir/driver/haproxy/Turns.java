package dev.weir.driver.haproxy;

import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What it takes to have the servers of one backend in the states of the members at their addresses.
 * A server that no member is at takes no traffic, but for the pool's fallback, which takes it while
 * no member that is there does.
 */
final class Turns {

  private final Backend backend;
  private final ObservedPool seen;
  private final Map<Endpoint, DesiredMember> members = new HashMap<>();
  private final Set<Endpoint> fallback = new HashSet<>();

  Turns(Backend backend, DesiredPool desired, ObservedPool seen) {
    this.backend = backend;
    this.seen = seen;
    desired.members().forEach(member -> members.put(member.endpoint(), member));
    boolean empty =
        seen.members().stream()
            .map(server -> members.get(server.endpoint()))
            .noneMatch(member -> member != null && member.state() == ServerState.READY);
    switch (desired.empty()) {
      case EmptyPolicy.Fallback(Endpoint endpoint) when empty -> fallback.add(endpoint);
      case EmptyPolicy.Fallback ignored -> {}
      case EmptyPolicy.Status ignored -> {}
      case EmptyPolicy.Keep ignored -> {}
    }
  }

  /** The commands that do it for several backends: first those that bring capacity. */
  static List<Step> steps(List<Turns> all) {
    List<Step> gains = new ArrayList<>();
    List<Step> losses = new ArrayList<>();
    for (Turns turns : all) {
      for (ObservedMember server : turns.seen.members()) {
        ServerState wanted = turns.wanted(server);
        if (wanted != server.state()) {
          (wanted == ServerState.READY ? gains : losses).add(turns.step(server, wanted));
        }
      }
    }
    gains.addAll(losses);
    return gains;
  }

  List<MemberChange> changes() {
    List<MemberChange> changes = new ArrayList<>();
    for (ObservedMember server : seen.members()) {
      ServerState wanted = wanted(server);
      if (wanted != server.state()) {
        changes.add(
            new MemberChange(
                backend.pool(),
                server.name(),
                server.endpoint(),
                server.state().word(),
                wanted.word(),
                why(server)));
      }
    }
    return changes;
  }

  /** Members that take traffic, and that no server is for. */
  List<String> missing() {
    Set<Endpoint> there = new HashSet<>();
    seen.members().forEach(server -> there.add(server.endpoint()));
    return members.values().stream()
        .filter(member -> member.state() == ServerState.READY)
        .filter(member -> !there.contains(member.endpoint()))
        .map(member -> backend.pool() + " " + member.name())
        .toList();
  }

  private ServerState wanted(ObservedMember server) {
    DesiredMember member = members.get(server.endpoint());
    if (member != null) {
      return member.state();
    }
    return fallback.contains(server.endpoint()) ? ServerState.READY : ServerState.MAINT;
  }

  private String why(ObservedMember server) {
    DesiredMember member = members.get(server.endpoint());
    if (member != null) {
      Because because = member.because();
      return because.detail();
    }
    return fallback.contains(server.endpoint())
        ? "no member takes traffic"
        : "no source names a member there";
  }

  private Step step(ObservedMember server, ServerState wanted) {
    String at = backend.as() + "/" + server.name();
    return new Step(
        "set server %s state %s".formatted(at, wanted.word()),
        "%s %s".formatted(wanted.word(), at),
        Step.Expected.SILENCE);
  }
}
