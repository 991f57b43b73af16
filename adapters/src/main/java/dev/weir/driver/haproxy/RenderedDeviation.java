package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.MemberDiff.Rules;
import dev.weir.driver.haproxy.WholeText.Carrying;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Step;
import dev.weir.spi.PoolWay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the servers that HAProxy runs deviate from those of a rendered text, and what its backends
 * allow at run time. Remembers what HAProxy refused to take. Used by one thread.
 */
final class RenderedDeviation {

  private final List<Backend> backends;
  private final Map<String, String> refusals = new HashMap<>();

  RenderedDeviation(List<Backend> backends) {
    this.backends = List.copyOf(backends);
  }

  /** HAProxy took no new server in this backend. */
  void refused(String backend, String answer) {
    refusals.put(backend, answer);
  }

  /** A freshly loaded HAProxy may see it otherwise. */
  void forgetRefusals() {
    refusals.clear();
  }

  /** The text that was loaded, and the one that shall be; the same where there is no other. */
  record Texts(WholeText now, WholeText next) {}

  /**
   * What becomes of the servers of those pools that were looked at.
   *
   * @param wanted by backend
   */
  MemberDiffs diffs(Map<String, WantedPool> wanted, Observed observed, Texts texts) {
    List<MemberDiff> diffs = new ArrayList<>();
    for (Backend backend : backends) {
      WantedPool pool = wanted.get(backend.as());
      ObservedPool seen = observed.pools().get(backend.pool());
      Carrying old = texts.now().backends().get(backend.as());
      Carrying carrying = texts.next().backends().get(backend.as());
      if (pool != null && seen != null && carrying != null) {
        Section former = (old == null ? carrying : old).section();
        diffs.add(
            MemberDiff.between(
                backend, rules(backend, carrying, texts.next()), pool, former, seen));
      }
    }
    return new MemberDiffs(diffs);
  }

  private Rules rules(Backend backend, Carrying carrying, WholeText text) {
    Defaults defaults = text.defaults();
    List<String> cookie = carrying.line("cookie", defaults);
    List<String> key = carrying.line("dynamic-cookie-key", defaults);
    return new Rules(
        fixed(carrying, defaults),
        DynamicServers.meaningful(carrying.inherited(defaults)),
        new Rung.Dynamic(),
        Optional.ofNullable(refusals.get(backend.as())),
        cookie.contains("dynamic") && key.size() > 1 ? Optional.of(key.get(1)) : Optional.empty(),
        defaults.bufferBytes());
  }

  private static Optional<String> fixed(Carrying carrying, Defaults defaults) {
    return DynamicServers.staticAlgorithm(
        carrying.line("balance", defaults), carrying.line("hash-type", defaults));
  }

  /** The states that a text does not say, as commands after it was loaded. */
  static List<Step> turns(Map<String, WantedPool> wanted, WholeText text) {
    List<Step> steps = new ArrayList<>();
    wanted.forEach((as, pool) -> {
      Carrying carrying = text.backends().get(as);
      for (ServerLine server : pool.section().servers().values()) {
        ServerLine written = carrying == null ? null : carrying.servers().get(server.name());
        boolean told = written != null && written.loaded() == server.state();
        if (!told) {
          steps.add(MemberDiff.state(as, server));
        }
      }
    });
    return steps;
  }

  /** How the members of a backend change, for people. */
  PoolWay way(Backend backend, WholeText text) {
    Carrying carrying = text.backends().get(backend.as());
    if (carrying == null) {
      return new PoolWay(
          backend.pool(), PoolWay.Kind.RELOAD, "no backend %s is rendered".formatted(backend.as()));
    }
    String inherited = DynamicServers.meaningful(carrying.inherited(text.defaults()));
    Optional<String> why =
        Optional.ofNullable(refusals.get(backend.as()))
            .map(answer -> "HAProxy says: " + answer)
            .or(() ->
                fixed(carrying, text.defaults())
                    .map(balance -> balance + " takes no new server at run time"))
            .or(() ->
                carrying.servers().values().stream()
                    .flatMap(server ->
                        DynamicServers.refusal((inherited + " " + server.options()).strip())
                            .stream())
                    .findFirst());
    return why.map(reason -> new PoolWay(backend.pool(), PoolWay.Kind.RELOAD, reason))
        .orElseGet(() -> new PoolWay(backend.pool(), PoolWay.Kind.RUN_TIME, ""));
  }
}
