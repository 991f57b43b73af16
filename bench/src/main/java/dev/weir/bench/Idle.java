package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nothing happens: 100 members checked every two seconds, after half a minute of warming up. */
record Idle() implements Scenario {

  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration MEASURED = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    for (Mode mode : Mode.values()) {
      once(checkout, mode, report);
    }
  }

  private static void once(Path checkout, Mode mode, Report report)
      throws IOException, InterruptedException {
    String how = mode == Mode.PLAIN ? "plain" : "./weir";
    List<Backend> backends = new ArrayList<>();
    try (Site site =
        new Site(Way.HAPROXY_LIVE, List.of("web"), "check: { http: /, every: 2s, timeout: 2s }")) {
      for (int i = 0; i < 100; i++) {
        backends.add(new Backend("b" + i));
      }
      site.members("web", backends.stream().map(Site::member).toList());
      site.prepare(checkout);
      site.startProxy();
      WeirProcess weir = site.startWeir(checkout, mode);
      Thread.sleep(WARM_UP);
      long cpu = weir.cpuMillis();
      Thread.sleep(MEASURED);
      double share = (weir.cpuMillis() - cpu) / (double) MEASURED.toMillis();
      report.row(
          "idle, 100 checks every 2 s, " + how + ": share of a core",
          "%.2f %%".formatted(share * 100),
          "<= 2 %");
      report.row(
          "idle, 100 checks every 2 s, " + how + ": resident memory, MB",
          weir.residentMegabytes(),
          mode == Mode.PLAIN ? "<= 190" : "<= 150");
    } finally {
      for (Backend backend : backends) {
        backend.close();
      }
    }
  }
}
