package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.MemberDiff.Rules;
import dev.weir.driver.haproxy.MemberDiff.Wanted;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From what is wanted and what HAProxy runs to a plan. Pure, but for what it is told between plans:
 * the user's defaults and what HAProxy refused; sections are remembered per pool, because with many
 * pools all but one are what they were a moment ago. Used by one thread.
 */
final class Planner {

  private static final Comparator<MemberChange> BY_POOL_AND_NAME =
      Comparator.comparing(MemberChange::pool).thenComparing(MemberChange::name);

  /** What is on disk, what waits to be, and what is planned. */
  private static final int TEXTS = 4;

  private final Path file;
  private final ConfigText config;
  private final List<Backend> backends;
  private final Map<PoolId, Wanted> remembered = new HashMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private Defaults defaults = Defaults.NONE;
  private final Map<String, Parsed> read =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Parsed> eldest) {
          return size() > TEXTS;
        }
      };

  Planner(Path file, ConfigText config, List<Backend> backends) {
    this.file = file;
    this.config = config;
    this.backends = List.copyOf(backends);
  }

  /** Tells what backends inherit. */
  void know(Defaults current) {
    defaults = current;
  }

  /** Tells that HAProxy took no new server in this backend, so that the next plan reloads. */
  void refused(String backend, String answer) {
    refusals.put(backend, answer);
  }

  /** A freshly loaded HAProxy may see it otherwise. */
  void forgetRefusals() {
    refusals.clear();
  }

  Plan plan(DesiredState desired, Observed observed) {
    List<Wanted> wanted = wanted(desired);
    List<Section> sections = wanted.stream().map(Wanted::section).toList();
    Parsed now = parsed(observed);
    boolean sameFile = texts(bySection(sections)).equals(texts(now.sections()));
    Fingerprint target = desired.fingerprint();
    Fingerprint epoch = ConfigText.epochOf(sections);
    return switch (observed.condition()) {
      case Condition.NotRunning _ when sameFile && now.epoch().isPresent() ->
          new Plan.InSync(target);
      case Condition.NotRunning _ ->
          new Plan.Live(target, List.of(), List.of(), files(epoch, sections));
      case Condition.Unreachable _ ->
          new Plan.Live(
              target,
              List.of(),
              List.of(new Step("show info", "ask HAProxy", Step.Expected.ANYTHING)),
              List.of());
      case Condition.Running _ -> {
        Set<String> reasons = structuralReasons(wanted, now, observed);
        List<MemberDiff> diffs = diffs(wanted, now, observed);
        diffs.forEach(diff -> reasons.addAll(diff.reasons()));
        List<MemberChange> changes =
            diffs.stream()
                .flatMap(diff -> diff.changes().stream())
                .sorted(BY_POOL_AND_NAME)
                .toList();
        if (!reasons.isEmpty()) {
          yield new Plan.Reload(
              target, changes, List.copyOf(reasons), files(epoch, sections), drains(wanted));
        }
        List<Step> steps = new ArrayList<>();
        diffs.forEach(diff -> steps.addAll(diff.gains()));
        diffs.forEach(diff -> steps.addAll(diff.losses()));
        if (steps.isEmpty() && sameFile) {
          yield new Plan.InSync(target);
        }
        Fingerprint loaded = observed.loaded().orElse(epoch);
        yield new Plan.Live(target, changes, steps, sameFile ? List.of() : files(loaded, sections));
      }
    };
  }

  private Set<String> structuralReasons(List<Wanted> wanted, Parsed now, Observed observed) {
    Set<String> reasons = new LinkedHashSet<>();
    if (now.epoch().isEmpty()) {
      reasons.add("%s is missing or not Weir's".formatted(file));
    } else if (observed.loaded().isEmpty()) {
      reasons.add("the running HAProxy has not loaded %s".formatted(file));
    } else if (!observed.loaded().equals(now.epoch())) {
      reasons.add("the running HAProxy was loaded from another %s".formatted(file.getFileName()));
    }
    Map<String, Section> left = new HashMap<>(now.sections());
    for (int i = 0; i < wanted.size(); i++) {
      String as = backends.get(i).as();
      Section old = left.remove(as);
      if (old == null) {
        reasons.add("backend %s is new".formatted(as));
      } else if (!old.structure().equals(wanted.get(i).section().structure())) {
        reasons.add("backend %s: the text around its servers changes".formatted(as));
      }
    }
    left.keySet().stream().sorted().forEach(as -> reasons.add(gone(as)));
    return reasons;
  }

  private static String gone(String as) {
    return as.isEmpty() ? "the file has lines of others" : "backend %s goes".formatted(as);
  }

  private List<MemberDiff> diffs(List<Wanted> wanted, Parsed now, Observed observed) {
    List<MemberDiff> diffs = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Backend backend = backends.get(i);
      ObservedPool seen = observed.pools().get(backend.pool());
      if (seen != null) {
        Section old = now.sections().get(backend.as());
        diffs.add(
            MemberDiff.between(
                backend,
                rules(backend),
                wanted.get(i),
                old == null ? wanted.get(i).section() : old,
                seen));
      }
    }
    return diffs;
  }

  private Rules rules(Backend backend) {
    return new Rules(
        backend.staticAlgorithm(defaults),
        backend.inherited(defaults),
        Optional.ofNullable(refusals.get(backend.as())));
  }

  private List<Step> drains(List<Wanted> wanted) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      steps.addAll(MemberDiff.drains(backends.get(i), wanted.get(i).section()));
    }
    return steps;
  }

  private List<FileContent> files(Fingerprint epoch, List<Section> sections) {
    String text = config.render(epoch, sections);
    read.put(text, new Parsed(Optional.of(epoch), bySection(sections)));
    return List.of(new FileContent(file, text));
  }

  private List<Wanted> wanted(DesiredState desired) {
    Map<PoolId, DesiredPool> pools = new HashMap<>();
    desired.pools().forEach(pool -> pools.put(pool.id(), pool));
    return backends.stream().map(backend -> wanted(backend, pools.get(backend.pool()))).toList();
  }

  @SuppressWarnings("ReferenceEquality") // a pool that did not change is handed in again as it is
  private Wanted wanted(Backend backend, @Nullable DesiredPool pool) {
    if (pool == null) {
      throw new IllegalArgumentException(
          "desired state without pool %s (expected: all pools of the proxy)"
              .formatted(backend.pool()));
    }
    Wanted known = remembered.get(backend.pool());
    if (known != null && known.pool() == pool) {
      return known;
    }
    Wanted fresh = Wanted.of(backend, pool);
    remembered.put(backend.pool(), fresh);
    return fresh;
  }

  private Map<String, Section> bySection(List<Section> sections) {
    Map<String, Section> byName = new HashMap<>();
    for (int i = 0; i < sections.size(); i++) {
      byName.put(backends.get(i).as(), sections.get(i));
    }
    return byName;
  }

  private static Map<String, String> texts(Map<String, Section> sections) {
    Map<String, String> texts = new HashMap<>();
    sections.forEach((as, section) -> texts.put(as, section.text()));
    return texts;
  }

  private Parsed parsed(Observed observed) {
    Optional<String> text =
        observed.files().stream()
            .filter(seen -> seen.file().equals(file))
            .findFirst()
            .flatMap(Observed.ObservedFile::text);
    return text.map(this::parsed).orElse(Parsed.NOTHING);
  }

  /** Reads a text of Weir's file; the last few are remembered. */
  Parsed parsed(String text) {
    Parsed known = read.get(text);
    if (known == null) {
      known = ConfigText.parse(text);
      read.put(text, known);
    }
    return known;
  }
}
