package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.MemberDiff.Rules;
import dev.weir.model.Observed;
import dev.weir.model.Step;
import dev.weir.spi.PoolWay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the sections of files that Weir writes, and the servers that HAProxy runs, deviate from what
 * is wanted. Remembers what HAProxy refused to take at run time. Used by one thread.
 */
final class Deviation {

  private final List<Backend> backends;
  private final WantedPools pools;
  private final Map<String, String> refusals = new HashMap<>();
  private Defaults defaults = Defaults.NONE;

  Deviation(List<Backend> backends, WantedPools pools) {
    this.backends = backends;
    this.pools = pools;
  }

  /** Tells what backends inherit. */
  void know(Defaults current) {
    defaults = current;
  }

  /** HAProxy took no new server in this backend. */
  void refused(String backend, String answer) {
    refusals.put(backend, answer);
  }

  /** A freshly loaded HAProxy may see it otherwise. */
  void forgetRefusals() {
    refusals.clear();
  }

  /** How the members of a backend change, for people. */
  PoolWay way(Backend backend) {
    String refused = refusals.get(backend.as());
    if (refused != null) {
      return new PoolWay(backend.pool(), PoolWay.Kind.RELOAD, "HAProxy says: " + refused);
    }
    return switch (pools.rung(backend)) {
      case Rung.Dynamic _ -> new PoolWay(backend.pool(), PoolWay.Kind.RUN_TIME, "");
      case Rung.Slotted(String why) -> new PoolWay(backend.pool(), PoolWay.Kind.SLOTS, why);
      case Rung.Reloading(String why) -> new PoolWay(backend.pool(), PoolWay.Kind.RELOAD, why);
    };
  }

  /**
   * Why the text around servers, or their number, takes a reload.
   *
   * @param wanted in the order of the backends
   */
  Set<String> ofText(List<WantedPool> wanted, Parsed now) {
    Set<String> reasons = new LinkedHashSet<>();
    Map<String, Section> left = new HashMap<>(now.sections());
    for (int i = 0; i < wanted.size(); i++) {
      left.remove(backends.get(i).as());
      ofText(backends.get(i), wanted.get(i), now).ifPresent(reasons::add);
    }
    left.keySet().stream().sorted().forEach(as -> reasons.add(gone(as)));
    return reasons;
  }

  private Optional<String> ofText(Backend backend, WantedPool wanted, Parsed now) {
    String as = backend.as();
    Section old = now.sections().get(as);
    if (old == null) {
      return Optional.of("backend %s is new".formatted(as));
    }
    if (!old.structure().equals(wanted.section().structure())) {
      return Optional.of("backend %s: the text around its servers changes".formatted(as));
    }
    return pools.rung(backend) instanceof Rung.Slotted slotted
        ? Slots.growth(old, wanted.section())
            .map(growth -> "%s: %s: %s".formatted(as, growth, slotted.why()))
        : Optional.empty();
  }

  private static String gone(String as) {
    return as.isEmpty() ? "the file has lines of others" : "backend %s goes".formatted(as);
  }

  /**
   * What becomes of the servers of those pools that were looked at.
   *
   * @param wanted in the order of the backends
   */
  MemberDiffs ofMembers(List<WantedPool> wanted, Parsed now, Observed observed) {
    List<MemberDiff> diffs = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      ofMembers(backends.get(i), wanted.get(i), now, observed).ifPresent(diffs::add);
    }
    return new MemberDiffs(diffs);
  }

  private Optional<MemberDiff> ofMembers(
      Backend backend, WantedPool wanted, Parsed now, Observed observed) {
    Section file = now.sections().getOrDefault(backend.as(), wanted.section());
    return Optional.ofNullable(observed.pools().get(backend.pool()))
        .map(seen -> MemberDiff.between(backend, rules(backend), wanted, file, seen));
  }

  /**
   * Those backends that need no reload.
   *
   * @param next what the files say when they have followed
   */
  record Part(MemberDiffs diffs, Parsed next) {}

  /**
   * That part which takes no other text than the one that HAProxy has loaded; backends that need
   * one stay as they are.
   *
   * @param wanted in the order of the backends
   */
  Part withoutReload(List<WantedPool> wanted, Parsed now, Observed observed) {
    Map<String, Section> sections = new LinkedHashMap<>(now.sections());
    List<MemberDiff> diffs = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Backend backend = backends.get(i);
      Optional<MemberDiff> diff = ofMembers(backend, wanted.get(i), now, observed);
      if (diff.filter(it -> it.reasons().isEmpty()).isPresent()
          && ofText(backend, wanted.get(i), now).isEmpty()) {
        diffs.add(diff.get());
        sections.put(backend.as(), wanted.get(i).section());
      }
    }
    return new Part(new MemberDiffs(diffs), new Parsed(now.epoch(), sections));
  }

  private Rules rules(Backend backend) {
    return new Rules(
        backend.staticAlgorithm(defaults),
        backend.inherited(defaults),
        pools.rung(backend),
        Optional.ofNullable(refusals.get(backend.as())),
        backend.cookieKey(defaults),
        defaults.bufferBytes());
  }

  /** The states that a text does not say, as commands after it was loaded. */
  List<Step> drains(List<WantedPool> wanted) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      steps.addAll(MemberDiff.drains(backends.get(i), wanted.get(i).section()));
    }
    return steps;
  }
}
