package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * 200 membership changes in 20 seconds under load. Eight of twelve members come and go in turn;
 * {@code max_loss: 100%} because more than half of the pool leaves on purpose. Processor time is
 * that of Weir's own process, all of its threads, from the first change until two seconds after the
 * last, in a process that has only just started: its compiler's work is in it, the checks that
 * nginx and HAProxy make of their files, as programs of their own, are not.
 */
record Churn(Way way) implements Scenario {

  private static final int CHANGES = 200;
  private static final int STEADY = 4;
  private static final int MOVING = 8;
  private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

  @Override
  public String name() {
    return "churn-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < STEADY + MOVING; i++) {
      backends.add(new Backend("b" + i));
    }
    try (Site site = new Site(way, List.of("web"), poolKeys())) {
      List<String> steady = backends.subList(0, STEADY).stream().map(Site::member).toList();
      site.members("web", steady);
      site.prepare(checkout);
      site.startProxy();
      Archive.make(checkout, site, "web", steady);
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      try (Load load = new Load(site.port(), 8)) {
        long reloads = site.reloads();
        long cpu = weir.cpuMillis();
        Samples latency = Samples.of(change(site, backends, load));
        Thread.sleep(Duration.ofSeconds(2));
        String goal = way.live() ? "0" : "<= 60";
        report.row(way + ", churn: requests", load.good(), "");
        report.row(way + ", churn: failed " + load.firstFailure(), load.failed(), "0");
        report.row(way + ", churn: reloads", site.reloads() - reloads, goal);
        report.row(way + ", churn: kept connections cut", load.cut(), way.live() ? "0" : "");
        report.row(
            way + ", churn: change -> new member answers",
            latency,
            way.live() ? "p99 <= 35 ms" : "p99 <= 500 ms");
        report.row(
            way + ", churn: processor seconds of Weir",
            (weir.cpuMillis() - cpu) / 1000.0,
            way.live() ? "<= 1.0" : "");
        report.row(way + ", churn: peak memory of Weir, MB", weir.peakMegabytes(), "");
      }
    } finally {
      for (Backend backend : backends) {
        backend.close();
      }
    }
  }

  /** A member that HAProxy goes on draining is still there when it comes back: no reload at all. */
  private String poolKeys() {
    String keys = "guard: { max_loss: 100% }";
    return way == Way.HAPROXY_RELOAD ? keys + ", drain: { grace: 0s }" : keys;
  }

  /** From the replacement of the list to the first answer, for every arrival. */
  private static long[] change(Site site, List<Backend> backends, Load load) throws IOException {
    Set<Integer> present = new TreeSet<>();
    List<Arrival> arrivals = new ArrayList<>();
    List<Long> nanos = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = 0; i < CHANGES; i++) {
      int moving = STEADY + i % MOVING;
      boolean arrives = present.add(moving);
      if (!arrives) {
        present.remove(moving);
        settle(arrivals, load, nanos);
      }
      List<String> members = new ArrayList<>();
      for (int n = 0; n < backends.size(); n++) {
        if (n < STEADY || present.contains(n)) {
          members.add(Site.member(backends.get(n)));
        }
      }
      String name = backends.get(moving).name();
      load.expect(name);
      if (arrives) {
        arrivals.add(new Arrival(name, System.nanoTime()));
      }
      site.members("web", members);
      next += EVERY_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    settle(arrivals, load, nanos);
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  private record Arrival(String backend, long at) {}

  private static void settle(List<Arrival> arrivals, Load load, List<Long> nanos)
      throws IOException {
    for (Arrival arrival : List.copyOf(arrivals)) {
      @Nullable Long answered = load.firstAnswer(arrival.backend());
      if (answered != null) {
        nanos.add(answered - arrival.at());
        arrivals.remove(arrival);
      } else if (System.nanoTime() - arrival.at() > Duration.ofSeconds(5).toNanos()) {
        throw new IOException(arrival.backend() + " arrived and never answered");
      }
    }
  }
}
