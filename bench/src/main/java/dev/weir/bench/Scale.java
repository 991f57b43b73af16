package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * 100 pools of 100 members each, none checked, so that nothing has to listen. What one change costs
 * is the processor time of Weir's own process, all of its threads, over 40 changes 600 ms apart,
 * after 200 others, as in a daemon that has run for a while: source, decision, driver, read-back,
 * file, journal, store, compiler and collector, and the resync that falls into that time. Programs
 * that Weir runs ({@code nginx -t}, {@code haproxy -c}) are the proxy's own check and not in it.
 * The same time without changes is measured before and shown beside: it is in the figure.
 */
record Scale(Way way) implements Scenario {

  private static final int POOLS = 100;
  private static final int MEMBERS = 100;
  private static final int WARM_UP = 200;
  private static final int CHANGES = 40;
  private static final Duration DISTANCE = Duration.ofMillis(600);
  private static final Duration WARM_UP_DISTANCE = Duration.ofMillis(200);

  @Override
  public String name() {
    return "scale-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    List<String> pools = IntStream.range(0, POOLS).mapToObj(n -> "pool" + n).toList();
    try (Site site = new Site(way, pools, "guard: { max_loss: 100% }, drain: { grace: 0s }")) {
      for (int n = 0; n < POOLS; n++) {
        site.members(pools.get(n), members(n, MEMBERS));
      }
      long begin = System.nanoTime();
      site.prepare(checkout);
      long prepared = System.nanoTime() - begin;
      report.row(
          way + ", 10,000 members: weir run --once, start to end",
          Samples.of(new long[] {prepared}),
          "");
      site.startProxy();
      Archive.make(checkout, site, pools.get(7), members(7, MEMBERS));
      long start = System.nanoTime();
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      report.row(
          way + ", 10,000 members: start -> adopted, ready",
          Samples.of(new long[] {System.nanoTime() - start}),
          "");
      changes(site, pools, WARM_UP, WARM_UP_DISTANCE);
      Thread.sleep(Duration.ofSeconds(2));
      long cpu = weir.cpuMillis();
      Thread.sleep(DISTANCE.multipliedBy(CHANGES));
      double idle = (double) (weir.cpuMillis() - cpu) / CHANGES;
      cpu = weir.cpuMillis();
      changes(site, pools, CHANGES, DISTANCE);
      double each = (double) (weir.cpuMillis() - cpu) / CHANGES;
      report.row(
          way + ", 10,000 members: one change, processor time of Weir",
          String.format(
              Locale.ROOT,
              "%.1f ms (mean of %d, %d ms apart, after %d; as long without a change: %.1f ms)",
              each,
              CHANGES,
              DISTANCE.toMillis(),
              WARM_UP,
              idle),
          "<= 10 ms");
      report.row(way + ", 10,000 members: peak memory, MB", weir.peakMegabytes(), "");
    }
  }

  private static void changes(Site site, List<String> pools, int count, Duration distance)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      site.members(pools.get(7), members(7, i % 2 == 0 ? MEMBERS - 1 : MEMBERS));
      Thread.sleep(distance);
    }
  }

  private static List<String> members(int pool, int count) {
    List<String> members = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      members.add("m%d=127.1.%d.%d:8080".formatted(n, pool, n + 1));
    }
    return members;
  }
}
