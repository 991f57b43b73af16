package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 300 pools of one pool set over etcd, each with one member, in HAProxy: from the start of the
 * program to all of them in the running proxy; and from the put of the first key of a further pool
 * to its server being there, and of that to the moment when Weir began to check and reload.
 */
record ManyPools() implements Scenario {

  private static final int POOLS = 300;
  private static final int STARTS = 5;
  private static final int NEW_POOLS = 9;
  private static final Duration CALM = Duration.ofSeconds(1);

  /** A revision that came by a reload: when it was done, and how long it took. */
  private static final Pattern RELOADED =
      Pattern.compile(
          "\"at\":\"([^\"]+)\"[^{}\\[]*\"way\":\"reload\",\"took_seconds\":([0-9.eE-]+)");

  @Override
  public String name() {
    return "pool-set";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    long[] first = new long[STARTS];
    for (int i = 0; i < STARTS - 1; i++) {
      first[i] = once(checkout, null);
    }
    long[] total = new long[NEW_POOLS];
    long[] besides = new long[NEW_POOLS];
    first[STARTS - 1] =
        once(
            checkout,
            (site, etcd, member) -> {
              for (int i = 0; i < NEW_POOLS; i++) {
                Thread.sleep(CALM);
                Instant putAt = Instant.now();
                long put = System.nanoTime();
                etcd.put("/pools/new%d/m".formatted(i), member);
                awaitServers(site, POOLS + i + 1, put);
                total[i] = System.nanoTime() - put;
                Thread.sleep(CALM);
                besides[i] = Duration.between(putAt, begun(site)).toNanos();
              }
            });
    report.row(
        "pool set, %d pools: start of the program -> all in HAProxy".formatted(POOLS),
        Samples.of(first),
        "p50 <= 1500 ms");
    report.row(
        "pool set, %d pools: first key of a new one -> in HAProxy".formatted(POOLS),
        Samples.of(total),
        "");
    report.row(
        "pool set, %d pools: the same until its check and reload begin".formatted(POOLS),
        Samples.of(besides),
        "p50 <= 100 ms");
  }

  /** What is done while all pools are there. */
  @FunctionalInterface
  private interface Then {
    void with(Site site, Etcd etcd, String member) throws IOException, InterruptedException;
  }

  private static long once(Path checkout, @Nullable Then then)
      throws IOException, InterruptedException {
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), "floor: 1");
        Backend backend = new Backend("one");
        Etcd etcd = new Etcd(site.folder())) {
      site.configure(text -> ofSet(text, etcd));
      etcd.put("/pools/web/m", backend.address());
      site.prepare(checkout);
      site.startProxy();
      for (int i = 1; i < POOLS; i++) {
        etcd.put("/pools/p%03d/m".formatted(i), backend.address());
      }
      long start = System.nanoTime();
      site.startWeirUnready(checkout, Mode.LAUNCHER);
      awaitServers(site, POOLS, start);
      long took = System.nanoTime() - start;
      if (then != null) {
        then.with(site, etcd, backend.address());
      }
      return took;
    }
  }

  private static String ofSet(String yaml, Etcd etcd) {
    String set =
        "pool_sets:\n  all: { each: { etcd: { endpoints: ['%s'], prefix: /pools } } }\n"
            .formatted(etcd.endpoint());
    return yaml.replaceAll("(?m)^pools:\n(?:  .*\n)+", Matcher.quoteReplacement(set))
        .replace("pools: [web]", "pools: [ { set: all } ]");
  }

  private static void awaitServers(Site site, int wanted, long start) throws IOException {
    while (servers(site) < wanted) {
      if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
        throw new IOException("HAProxy never had %d servers".formatted(wanted));
      }
    }
  }

  private static long servers(Site site) throws IOException {
    return HaproxySocket.ask(site.socket(), "show servers state")
        .lines()
        .filter(line -> line.indexOf(' ') > 0 && !line.startsWith("#"))
        .count();
  }

  /** When the last apply with a reload began; the newest revision stands first. */
  private static Instant begun(Site site) throws IOException {
    Matcher last = RELOADED.matcher(site.get("/v1/revisions?proxy=edge"));
    if (!last.find()) {
      throw new IOException("no reload is among the revisions");
    }
    return Instant.parse(last.group(1))
        .minusNanos(Math.round(Double.parseDouble(last.group(2)) * 1e9));
  }
}
