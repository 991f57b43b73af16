package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import dev.weir.surround.ServerText.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to get one backend's servers from what HAProxy runs to what is wanted: commands, or
 * the reasons why only a reload will do. A server in maintenance that nobody wants is as good as
 * gone: it makes no difference here, and upkeep deletes it. Used once.
 */
final class MemberDiff {

  /**
   * Changes of state times ready servers squared, of which a million take HAProxy 2.6 some 45 ms,
   * in which it does nothing else; a reload takes 100 ms.
   */
  private static final long MOST_STATIC_WORK = 3_000_000;

  private final Backend backend;
  private final Rules rules;
  private final WantedPool wanted;
  private final Section file;
  private final List<MemberChange> changes = new ArrayList<>();
  private final Set<String> reasons = new LinkedHashSet<>();
  private final List<Step> gains = new ArrayList<>();
  private final List<Step> losses = new ArrayList<>();

  /**
   * What the backend allows at run time.
   *
   * @param fixed why neither weights nor servers can change
   * @param inherited parameters that servers of the file have from elsewhere
   * @param rung how its members change
   * @param refused what HAProxy said when a server was last to be added
   * @param cookieKey the secret without which servers that were added have no cookie
   * @param bufferBytes which a command has to be shorter than, with its line end
   */
  record Rules(
      Optional<String> fixed,
      String inherited,
      Rung rung,
      Optional<String> refused,
      Optional<String> cookieKey,
      int bufferBytes) {}

  private MemberDiff(Backend backend, Rules rules, WantedPool wanted, Section file) {
    this.backend = backend;
    this.rules = rules;
    this.wanted = wanted;
    this.file = file;
  }

  /**
   * Compares.
   *
   * @param file the backend's section of the file that HAProxy was loaded from
   */
  static MemberDiff between(
      Backend backend, Rules rules, WantedPool wanted, Section file, ObservedPool seen) {
    MemberDiff diff = new MemberDiff(backend, rules, wanted, file);
    Map<String, ObservedMember> left = new LinkedHashMap<>();
    seen.members().forEach(member -> left.put(member.name(), member));
    for (ServerLine server : wanted.section().servers().values()) {
      ObservedMember running = left.remove(server.name());
      if (running == null || running.endpoint().equals(Agreement.PARTLY)) {
        diff.add(server);
      } else {
        diff.adjust(server, running, file.find(server.name()));
      }
    }
    left.values().stream()
        .filter(member -> member.state() != ServerState.MAINT)
        .filter(member -> !wanted.section().users().have(member.name()))
        .forEach(diff::remove);
    diff.weigh(seen);
    return diff;
  }

  /** A static algorithm computes its whole map anew for each change of a state. */
  private void weigh(ObservedPool seen) {
    long turns =
        Stream.concat(gains.stream(), losses.stream())
            .filter(step -> step.command().contains(" state "))
            .count();
    long ready =
        Math.max(
            seen.members().stream().filter(m -> m.state() == ServerState.READY).count(),
            wanted.section().servers().values().stream()
                .filter(server -> server.state() == ServerState.READY)
                .count());
    if (rules.fixed().isPresent() && turns * ready * ready > MOST_STATIC_WORK) {
      reasons.add(
          "%s: a reload is cheaper than %d changes among %d servers: %s"
              .formatted(backend.as(), turns, ready, rules.fixed().get()));
    }
  }

  List<MemberChange> changes() {
    return changes;
  }

  Set<String> reasons() {
    return reasons;
  }

  /** What brings capacity, to be done first. */
  List<Step> gains() {
    return gains;
  }

  /** What takes it away. */
  List<Step> losses() {
    return losses;
  }

  private void add(ServerLine server) {
    if (rules.rung() instanceof Rung.Slotted) {
      addSlot(server);
      return;
    }
    change(server, "");
    String options = (rules.inherited() + " " + server.options()).strip();
    rules.fixed().ifPresent(cause -> reason("%s takes no new server at run time", cause));
    rules.refused().ifPresent(answer -> reason("HAProxy takes no new server: %s", answer));
    DynamicServers.refusal(options).ifPresent(cause -> reason("a new server: %s", cause));
    String line =
        "add server %s %s weight %d%s %s"
            .formatted(
                at(server.name()),
                server.address(),
                server.weight(),
                server.backup() ? " backup" : "",
                options)
            .strip();
    tooLong(line).ifPresent(cause -> reason("a new server: %s", cause));
    if (!reasons.isEmpty()) {
      return;
    }
    String purpose = "add %s as %s".formatted(server.endpoint(), at(server.name()));
    gains.add(new Step(line, purpose, Expected.CONFIRMATION));
    if (DynamicServers.checks(options)) {
      gains.add(step("enable health " + at(server.name()), purpose));
    }
    if (DynamicServers.agentChecks(options)) {
      gains.add(step("enable agent " + at(server.name()), purpose));
    }
    rules.cookieKey().ifPresent(key -> gains.add(cookieKey(key, purpose)));
    if (server.state() != ServerState.MAINT) {
      gains.add(state(server));
    }
  }

  /** HAProxy drops the connection without a word. */
  private Optional<String> tooLong(String command) {
    int bytes = command.getBytes(StandardCharsets.UTF_8).length + 1;
    return bytes < rules.bufferBytes()
        ? Optional.empty()
        : Optional.of(
            "its command has %d bytes, HAProxy reads fewer than %d (tune.bufsize)"
                .formatted(bytes, rules.bufferBytes()));
  }

  /** That the file has too few slots is a reason of its own. */
  private void addSlot(ServerLine slot) {
    if (!Slots.isFree(slot)) {
      change(slot, "");
    }
    if (file.servers().containsKey(slot.name())) {
      reason("HAProxy does not have all slots of %s", "the file");
    }
  }

  private void adjust(ServerLine want, ObservedMember running, @Nullable ServerLine loaded) {
    boolean differs = running.endpoint().equals(Agreement.DIFFERS);
    String before = differs ? "not the same everywhere" : ServerLine.shown(running);
    boolean moved = !want.endpoint().equals(running.endpoint());
    boolean heavier = want.weight() != running.weight();
    boolean reweighed =
        want.state() == ServerState.READY && (heavier || (differs && rules.fixed().isEmpty()));
    boolean turned = differs || want.state() != running.state();
    boolean rewritten = rewritten(want, running, loaded);
    if (!moved && !reweighed && !turned && !rewritten) {
      return;
    }
    if (Slots.isFree(want)) {
      leave(want, running, before);
      return;
    }
    boolean comes = moved && running.endpoint().equals(Slots.FREE);
    change(want, comes ? "" : moved && !differs ? before + " at " + running.endpoint() : before);
    if (rewritten) {
      reason("the parameters of %s change", want.name());
    }
    if (moved) {
      gains.addAll(move(want));
    }
    if (reweighed) {
      rules.fixed().ifPresent(cause -> reason("%s takes no other weight at run time", cause));
      gains.add(
          step(
              "set server %s weight %d".formatted(at(want.name()), want.weight()),
              "weigh %s %d".formatted(at(want.name()), want.weight())));
    }
    if (turned) {
      (want.state() == ServerState.READY ? gains : losses).add(state(want));
    }
  }

  /** A server that is no longer in the file is what it was when it was added or last loaded. */
  private boolean rewritten(ServerLine want, ObservedMember running, @Nullable ServerLine loaded) {
    if (want.backup() != running.backup()) {
      return true;
    }
    if (loaded != null) {
      return !want.options().equals(loaded.options());
    }
    return backend.surroundings().server().parts().stream().anyMatch(Part.Label.class::isInstance);
  }

  /** The member of a slot goes; the address last, so that nothing is sent to none. */
  private void leave(ServerLine free, ObservedMember running, String before) {
    changes.add(
        new MemberChange(
            backend.pool(), free.name(), running.endpoint(), before, "", "it is not wanted"));
    if (running.state() != ServerState.MAINT) {
      losses.add(state(free));
    }
    losses.addAll(move(free));
  }

  private List<Step> move(ServerLine want) {
    if (want.endpoint() instanceof Endpoint.Ip ip) {
      String command =
          "set server %s addr %s port %d"
              .formatted(at(want.name()), ip.ip().getHostAddress(), ip.port());
      String purpose = "move %s to %s".formatted(at(want.name()), ip);
      return List.of(new Step(command, purpose, Expected.CONFIRMATION));
    }
    reason("%s moves to a unix socket", want.name());
    return List.of();
  }

  private void remove(ObservedMember running) {
    String before = ServerLine.shown(running);
    changes.add(
        new MemberChange(
            backend.pool(), running.name(), running.endpoint(), before, "", "it is not wanted"));
    String purpose = "remove " + at(running.name());
    losses.add(step("set server %s state maint".formatted(at(running.name())), purpose));
    losses.add(new Step("del server " + at(running.name()), purpose, Expected.CONFIRMATION));
  }

  private Step state(ServerLine server) {
    return state(backend.as(), server);
  }

  /** The command that brings a server of a backend to its state. */
  static Step state(String as, ServerLine server) {
    String word = server.state().word();
    String at = as + "/" + server.name();
    return step("set server %s state %s".formatted(at, word), "%s %s".formatted(word, at));
  }

  private void change(ServerLine server, String before) {
    changes.add(
        new MemberChange(
            backend.pool(),
            wanted.memberOf(server.name()),
            server.endpoint(),
            before,
            server.shown(),
            wanted.why(server.name())));
  }

  private void reason(String format, String argument) {
    reasons.add(backend.as() + ": " + format.formatted(argument));
  }

  private static Step step(String command, String purpose) {
    return new Step(command, purpose, Expected.SILENCE);
  }

  private Step cookieKey(String key, String purpose) {
    String command = "set dynamic-cookie-key backend %s ".formatted(backend.as());
    return new Step(command + key, command + "...", purpose, Expected.SILENCE);
  }

  private String at(String server) {
    return backend.as() + "/" + server;
  }

  /** The servers that drain, which a file cannot say, as commands. */
  static List<Step> drains(Backend backend, Section section) {
    return section.servers().values().stream()
        .filter(server -> server.state() == ServerState.DRAIN)
        .map(server ->
            step(
                "set server %s/%s state drain".formatted(backend.as(), server.name()),
                "drain %s/%s".formatted(backend.as(), server.name())))
        .collect(Collectors.toList());
  }
}
