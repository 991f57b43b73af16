package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One change in a pool of 10,000 members that nginx has at run time: the list is replaced, and a
 * client with a new connection per request asks until the member that came has answered. The others
 * are one server at 9,999 addresses of loopback; the one that comes has twice their weight, so that
 * a worker picks it first of all once it has the new list.
 */
record Crowd() implements Scenario {

  private static final int OTHERS = 9_999;
  private static final int WARM_UP = 30;
  private static final int PAIRS = 25;
  private static final Duration CALM = Duration.ofMillis(600);

  @Override
  public String name() {
    return "crowd-nginx-live";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    try (Site site = new Site(Way.NGINX_LIVE, List.of("web"), "guard: { max_loss: 100% }");
        Backend many = Backend.everywhere("many");
        Backend extra = new Backend("extra")) {
      List<String> without = others(many.port());
      List<String> with = new ArrayList<>(without);
      with.add(Site.member(extra) + "=2");
      site.members("web", without);
      site.prepare(checkout);
      site.startProxy();
      Archive.make(checkout, site, "web", without);
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      List<Long> first = new ArrayList<>();
      List<Long> later = new ArrayList<>();
      for (int i = 0; i < WARM_UP + PAIRS; i++) {
        Thread.sleep(CALM);
        (i < PAIRS ? first : later).add(untilItAnswers(site, with));
        Thread.sleep(CALM);
        site.members("web", without);
      }
      String what = "nginx at run time, 10,000 in one pool: list replaced -> new member answers";
      report.row(what + ", the first %d".formatted(PAIRS), samples(first), "");
      report.row(what + ", the next %d".formatted(WARM_UP), samples(later), "p50 <= 50 ms");
      report.row(
          "nginx at run time, 10,000 in one pool: peak memory, MB", weir.peakMegabytes(), "");
    }
  }

  private static Samples samples(List<Long> nanos) {
    return Samples.of(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private static List<String> others(int port) {
    List<String> members = new ArrayList<>();
    for (int n = 0; n < OTHERS; n++) {
      members.add("m%d=127.1.%d.%d:%d".formatted(n, n / 250, n % 250 + 1, port));
    }
    return members;
  }

  private static long untilItAnswers(Site site, List<String> members) throws IOException {
    Path staged = site.staged("web", members);
    long start = System.nanoTime();
    site.putInForce("web", staged);
    while (!Client.once(site.port()).equals("extra")) {
      if (System.nanoTime() - start > Duration.ofSeconds(20).toNanos()) {
        throw new IOException("the new member never answered");
      }
    }
    return System.nanoTime() - start;
  }
}
