package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * 400 membership changes in 20 seconds through Weir's balancer in nginx, at full load: {@code wrk}
 * asks over kept connections as fast as it is answered, other clients keep theirs or open one per
 * request, and connections of WebSocket go on all the time. Eight of twelve members come and go in
 * turn. Processor time is that of Weir's own process, as in {@link Churn}: from the first change
 * until two seconds after the last, in a process that has only just started.
 */
record LiveLoad() implements Scenario {

  private static final int CHANGES = 400;
  private static final int STEADY = 4;
  private static final int MOVING = 8;
  private static final int SOCKETS = 32;
  private static final long EVERY_NANOS = Duration.ofMillis(50).toNanos();
  private static final Duration AFTER = Duration.ofSeconds(2);
  private static final Duration LOADED = Duration.ofSeconds(26);
  private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
  private static final Pattern BAD = Pattern.compile("Socket errors.*|Non-2xx.*");

  @Override
  public String name() {
    return "load-nginx-live";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < STEADY + MOVING; i++) {
      backends.add(new Backend("b" + i));
    }
    try (Site site = new Site(Way.NGINX_LIVE, List.of("web"), "guard: { max_loss: 100% }")) {
      List<String> all = backends.stream().map(Site::member).toList();
      site.members("web", all);
      int sockets = site.webSockets("web");
      site.prepare(checkout);
      Started nginx = site.startProxy();
      Archive.make(checkout, site, "web", all);
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      try (WebSockets talking = new WebSockets(sockets, SOCKETS);
          Load load = new Load(site.port(), 8)) {
        Set<Long> workers = workers(nginx);
        long reloads = site.reloads();
        try (Started wrk = Started.start("wrk", site.folder(), wrk(site.port()))) {
          long cpu = weir.cpuMillis();
          change(site, all);
          Thread.sleep(AFTER);
          double seconds = (weir.cpuMillis() - cpu) / 1000.0;
          int ended = wrk.awaitExit(LOADED);
          load(report, wrk, ended);
          report.row("nginx, 400 live changes at full load: processor seconds", seconds, "<= 1.0");
        }
        String what = "nginx, 400 live changes at full load: ";
        report.row(what + "other requests", load.good(), "");
        report.row(what + "failed " + load.firstFailure(), load.failed(), "0");
        report.row(what + "kept connections cut", load.cut(), "0");
        report.row(what + "lines over %d WebSockets".formatted(SOCKETS), talking.lines(), "");
        report.row(what + "WebSockets cut", talking.cut(), "0");
        report.row(what + "reloads", site.reloads() - reloads, "0");
        report.row(what + "workers are the same", workers.equals(workers(nginx)), "true");
      }
    } finally {
      for (Backend backend : backends) {
        backend.close();
      }
    }
  }

  private static List<String> wrk(int port) {
    return List.of(
        "wrk",
        "-t1",
        "-c32",
        "-d" + LOADED.minusSeconds(2).toSeconds() + "s",
        "http://127.0.0.1:" + port + "/");
  }

  private static void load(Report report, Started wrk, int ended) throws IOException {
    String said = wrk.log();
    Matcher requests = REQUESTS.matcher(said);
    if (ended != 0 || !requests.find()) {
      throw new IOException("wrk: " + said);
    }
    Matcher bad = BAD.matcher(said);
    report.row("nginx, 400 live changes at full load: requests by wrk", requests.group(1), "");
    report.row(
        "nginx, 400 live changes at full load: failures by wrk",
        bad.find() ? bad.group() : "none",
        "none");
  }

  private static Set<Long> workers(Started nginx) throws IOException {
    return ProcessHandle.of(nginx.pid())
        .orElseThrow(() -> new IOException("nginx has ended"))
        .children()
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static void change(Site site, List<String> all) throws IOException {
    Set<String> gone = new TreeSet<>();
    long next = System.nanoTime();
    for (int i = 0; i < CHANGES; i++) {
      String moving = all.get(STEADY + i % MOVING);
      if (!gone.add(moving)) {
        gone.remove(moving);
      }
      site.members("web", all.stream().filter(member -> !gone.contains(member)).toList());
      next += EVERY_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }
}
