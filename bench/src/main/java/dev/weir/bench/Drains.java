package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * 1,000 membership changes, ten a second, while a thousand clients ask for answers that take up to
 * two seconds each, about a thousand a second in all. A member that leaves is drained for three
 * seconds; none of the requests that it still has may fail. {@code -Dweir.changes=N} makes it
 * shorter.
 */
record Drains() implements Scenario {

  private static final int CHANGES = Integer.getInteger("weir.changes", 1000);
  private static final int CLIENTS = 1000;
  private static final int LONGEST_MILLIS = 2000;
  private static final int STEADY = 4;
  private static final int MOVING = 40;
  private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

  @Override
  public String name() {
    return "drains";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < STEADY + MOVING; i++) {
      backends.add(new Backend("b" + i));
    }
    String keys = "guard: { max_loss: 100% }, drain: { grace: 3s }";
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), keys)) {
      site.members("web", backends.subList(0, STEADY).stream().map(Site::member).toList());
      site.prepare(checkout);
      site.startProxy();
      site.startWeir(checkout, Mode.LAUNCHER);
      long reloads = site.reloads();
      long start = System.nanoTime();
      try (Load load = new Load(site.port(), CLIENTS, LONGEST_MILLIS)) {
        change(site, backends);
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        String what = "HAProxy, " + CHANGES + " changes with drains: ";
        report.row(what + "requests", load.good(), "");
        report.row(what + "requests a second", Math.round(load.good() / seconds), ">= 1000");
        report.row(what + "failed " + load.firstFailure(), load.failed(), "0");
        report.row(what + "kept connections cut", load.cut(), "0");
        report.row(what + "reloads", site.reloads() - reloads, "0");
      }
    } finally {
      for (Backend backend : backends) {
        backend.close();
      }
    }
  }

  private static void change(Site site, List<Backend> backends) throws IOException {
    Set<Integer> present = new TreeSet<>();
    long next = System.nanoTime();
    for (int i = 0; i < CHANGES; i++) {
      int moving = STEADY + i % MOVING;
      if (!present.remove(moving)) {
        present.add(moving);
      }
      List<String> members = new ArrayList<>();
      for (int n = 0; n < backends.size(); n++) {
        if (n < STEADY || present.contains(n)) {
          members.add(Site.member(backends.get(n)));
        }
      }
      site.members("web", members);
      next += EVERY_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }
}
