package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A backend dies: until HAProxy sends it nothing any more, checked every 500 ms, fall 2. Once like
 * a killed process, whose connections are reset, and once only its listener, while all connections
 * live on and are answered.
 */
record Killed() implements Scenario {

  private static final int ROUNDS = 10;

  @Override
  public String name() {
    return "killed";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    measure(checkout, report, "backend killed, its connections reset", Backend::die);
    measure(
        checkout,
        report,
        "backend only stops listening, connections live on",
        Backend::stopListening);
  }

  /** How it dies. */
  private interface Death {
    void strike(Backend backend) throws IOException;
  }

  private static void measure(Path checkout, Report report, String how, Death death)
      throws IOException, InterruptedException {
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      nanos[i] = once(checkout, death);
    }
    report.row(
        how + " -> no further request (500 ms x 2, timeout 500 ms)",
        Samples.of(nanos),
        "max <= 1600 ms");
  }

  private static long once(Path checkout, Death death) throws IOException, InterruptedException {
    String check = "check: { http: /, every: 500ms, timeout: 500ms, fall: 2 }";
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), check);
        Backend a = new Backend("a");
        Backend b = new Backend("b");
        Backend dying = new Backend("dying")) {
      site.members("web", List.of(Site.member(a), Site.member(b), Site.member(dying)));
      site.prepare(checkout);
      site.startProxy();
      site.startWeir(checkout, Mode.LAUNCHER);
      Thread.sleep(Duration.ofSeconds(2));
      long start = System.nanoTime();
      death.strike(dying);
      while (HaproxySocket.serves(site.socket(), "web", "dying")) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        if (System.nanoTime() - start > Duration.ofSeconds(20).toNanos()) {
          throw new IOException("the dead backend stays in");
        }
      }
      return System.nanoTime() - start;
    }
  }
}
