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
 * Nothing happens: members are checked by HTTP every two seconds and pass. Counted is the processor
 * time of Weir's own process, all of its threads (checks, resync, compiler, collector), for half a
 * minute after half a minute of warming up, and once more after two minutes: a JVM with its
 * defaults still compiles in the first. The members answer from another process.
 *
 * @param members how many are checked
 */
record Idle(int members) implements Scenario {

  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final Duration MEASURED = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "idle-" + members;
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    for (Mode mode : Mode.values()) {
      once(checkout, mode, report);
    }
  }

  private void once(Path checkout, Mode mode, Report report)
      throws IOException, InterruptedException {
    String how = mode == Mode.PLAIN ? "plain" : "./weir";
    List<Backend> backends = new ArrayList<>();
    try (Site site =
        new Site(Way.HAPROXY_LIVE, List.of("web"), "check: { http: /, every: 2s, timeout: 2s }")) {
      for (int i = 0; i < members; i++) {
        backends.add(new Backend("b" + i));
      }
      List<String> all = backends.stream().map(Site::member).toList();
      site.members("web", all);
      site.prepare(checkout);
      site.startProxy();
      if (mode == Mode.LAUNCHER) {
        Archive.make(checkout, site, "web", all);
      }
      WeirProcess weir = site.startWeir(checkout, mode);
      String what = "idle, %d checks every 2 s, %s: ".formatted(members, how);
      String goal = members > 100 ? "<= 12 %" : "<= 2 %";
      Thread.sleep(WARM_UP);
      report.row(what + "share of a core", share(weir), goal);
      Thread.sleep(LATER);
      report.row(what + "share of a core, after two minutes", share(weir), goal);
      report.row(
          what + "resident memory, MB",
          weir.residentMegabytes(),
          mode == Mode.PLAIN ? "<= 190" : "<= 150");
    } finally {
      for (Backend backend : backends) {
        backend.close();
      }
    }
  }

  private static String share(WeirProcess weir) throws IOException, InterruptedException {
    long cpu = weir.cpuMillis();
    Thread.sleep(MEASURED);
    double share = (weir.cpuMillis() - cpu) / (double) MEASURED.toMillis();
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }
}
