package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One change in a calm time: a member list is replaced, and clients with a new connection per
 * request ask until the new member answers, or until the removed one has answered for the last
 * time. No check, so that discovery decides; {@code max_loss: 100%} because one member leaves again
 * and again. Each that comes is one that the proxy has never had, so that by reload each is a
 * reload; how many there were is counted.
 */
record Latency(Way way) implements Scenario {

  private static final int PAIRS = 25;
  private static final Duration CALM = Duration.ofMillis(600);
  private static final long QUIET_NANOS = Duration.ofMillis(400).toNanos();

  @Override
  public String name() {
    return "latency-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    try (Site site = new Site(way, List.of("web"), "guard: { max_loss: 100% }");
        Backend a = new Backend("a");
        Backend b = new Backend("b")) {
      List<String> without = List.of(Site.member(a), Site.member(b));
      site.members("web", without);
      site.prepare(checkout);
      site.startProxy();
      Archive.make(checkout, site, "web", without);
      site.startWeir(checkout, Mode.LAUNCHER);
      long[] added = new long[PAIRS];
      long[] removed = new long[PAIRS];
      long reloads = site.reloads();
      for (int i = 0; i < PAIRS; i++) {
        try (Backend extra = new Backend("extra" + i)) {
          Thread.sleep(CALM);
          added[i] = untilFirstAnswer(site, with(without, extra), extra.name());
          Thread.sleep(CALM);
          removed[i] = untilLastAnswer(site, without, extra.name());
        }
      }
      report.row(way + ": list replaced -> new member answers", Samples.of(added), addGoal());
      report.row(
          way + ": list replaced -> last answer of the old", Samples.of(removed), removeGoal());
      report.row(
          way + ": reloads for these %d arrivals and departures".formatted(PAIRS),
          site.reloads() - reloads,
          "");
      if (way == Way.HAPROXY_LIVE) {
        report.row(
            way + ": list replaced -> state read back by somebody else",
            Samples.of(readBack(site, without)),
            "p50 <= 10, p99 <= 50 ms");
      }
    }
  }

  private static List<String> with(List<String> members, Backend extra) {
    List<String> more = new ArrayList<>(members);
    more.add(Site.member(extra));
    return more;
  }

  private static long untilFirstAnswer(Site site, List<String> members, String name)
      throws IOException {
    long start = System.nanoTime();
    site.members("web", members);
    while (!Client.once(site.port()).equals(name)) {
      if (System.nanoTime() - start > Duration.ofSeconds(20).toNanos()) {
        throw new IOException("the new member never answered");
      }
    }
    return System.nanoTime() - start;
  }

  private static long untilLastAnswer(Site site, List<String> members, String name)
      throws IOException {
    long start = System.nanoTime();
    long last = start;
    site.members("web", members);
    while (System.nanoTime() - last < QUIET_NANOS) {
      if (Client.once(site.port()).equals(name)) {
        last = System.nanoTime();
      }
    }
    return last - start;
  }

  private static long[] readBack(Site site, List<String> without)
      throws IOException, InterruptedException {
    List<Long> all = new ArrayList<>();
    try (Backend extra = new Backend("extra")) {
      for (int i = 0; i < PAIRS; i++) {
        Thread.sleep(CALM);
        all.add(untilState(site, with(without, extra), true));
        Thread.sleep(CALM);
        all.add(untilState(site, without, false));
      }
    }
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  private static long untilState(Site site, List<String> members, Boolean serving)
      throws IOException {
    long start = System.nanoTime();
    site.members("web", members);
    while (serving != HaproxySocket.serves(site.socket(), "web", "extra")) {
      if (System.nanoTime() - start > Duration.ofSeconds(20).toNanos()) {
        throw new IOException("the state never changed");
      }
    }
    return System.nanoTime() - start;
  }

  private String addGoal() {
    return switch (way) {
      case NGINX_RELOAD -> "p50 <= 45 ms";
      case NGINX_LIVE -> "p50 <= 9, p99 <= 35 ms";
      case HAPROXY_LIVE -> "p50 <= 10, p99 <= 25 ms";
      case HAPROXY_RELOAD -> "p50 <= 100 ms";
    };
  }

  private String removeGoal() {
    return switch (way) {
      case NGINX_LIVE -> "p50 <= 11, p99 <= 35 ms";
      case HAPROXY_LIVE -> "p50 <= 8 ms";
      case NGINX_RELOAD, HAPROXY_RELOAD -> "";
    };
  }
}
