package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * 1,000 members arrive in one report and 500 leave in another, in a backend of some size. Nothing
 * listens at any of them. What is timed ends when HAProxy itself lists every new member as ready,
 * or none of the old ones; it is asked every 5 ms. Beside it stands what the same costs without
 * Weir: the commands alone on one connection, and the check and the reload of a file with so many
 * servers alone, both in the same HAProxy.
 *
 * @param balance how the backend spreads; a static algorithm takes no new servers at run time
 */
record Burst(String balance, int base) implements Scenario {

  private static final int ARRIVE = 1000;
  private static final int LEAVE = 500;
  private static final int ROUNDS = 5;
  private static final Duration SETTLE = Duration.ofMillis(2500);
  private static final Duration MOST = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "burst-" + balance + "-" + base;
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    String keys =
        "guard: { max_loss: 100% }, drain: { grace: 0s }, haproxy: { directives: [balance "
            + balance
            + "] }";
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), keys)) {
      site.members("web", members(base));
      site.prepare(checkout);
      var proxy = site.startProxy();
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      long reloads = site.reloads();
      long[] arrive = new long[ROUNDS];
      long[] leave = new long[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        arrive[round] = change(site, base + ARRIVE, count -> count == base + ARRIVE);
        LockSupport.parkNanos(SETTLE.toNanos());
        leave[round] = change(site, base + ARRIVE - LEAVE, c -> c == base + ARRIVE - LEAVE);
        LockSupport.parkNanos(SETTLE.toNanos());
        long back = change(site, base, count -> count == base);
        LockSupport.parkNanos(Math.max(back, SETTLE.toNanos()));
      }
      String what = "HAProxy, " + balance + ", " + base + " servers: ";
      report.row(what + "reloads by Weir", site.reloads() - reloads, "");
      report.row(what + ARRIVE + " arrive", Samples.of(arrive), base == 10 ? "p50 <= 210" : "");
      report.row(what + LEAVE + " leave", Samples.of(leave), base == 10 ? "p50 <= 145" : "");
      weir.close();
      alone(site, report, what, proxy.pid());
    }
  }

  /** From the replacement of the list to the moment in which HAProxy has it. */
  private static long change(Site site, int count, LongPredicate done)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    site.members("web", members(count));
    while (!done.test(HaproxySocket.ready(site.socket(), "web"))) {
      if (System.nanoTime() - start > MOST.toNanos()) {
        throw new IOException(
            "%d members are not %d after %s"
                .formatted(HaproxySocket.ready(site.socket(), "web"), count, MOST));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return System.nanoTime() - start;
  }

  private void alone(Site site, Report report, String what, long master)
      throws IOException, InterruptedException {
    if (balance.equals("roundrobin")) {
      List<String> add = new ArrayList<>();
      List<String> drop = new ArrayList<>();
      for (int n = 0; n < ARRIVE; n++) {
        add.add("add server web/x%d 127.3.0.1:%d enabled".formatted(n, 1024 + n));
        drop.add("set server web/x%d state maint;del server web/x%d".formatted(n, n));
      }
      report.row(what + "the commands of " + ARRIVE + " arrivals alone", said(site, add), "");
      report.row(
          what + "those of " + LEAVE + " departures", said(site, drop.subList(0, LEAVE)), "");
      said(site, drop.subList(LEAVE, ARRIVE));
    }
    long start = System.nanoTime();
    if (new ProcessBuilder(site.check()).redirectErrorStream(true).start().waitFor() != 0) {
      throw new IOException("the file does not pass its check");
    }
    long checked = System.nanoTime() - start;
    String former = HaproxySocket.pid(site.socket());
    start = System.nanoTime();
    new ProcessBuilder("kill", "-USR2", Long.toString(master)).start().waitFor();
    String now = former;
    while (now.isEmpty() || now.equals(former)) {
      TimeUnit.MILLISECONDS.sleep(2);
      now = HaproxySocket.pid(site.socket());
    }
    report.row(
        what + "check and reload of " + base + " alone",
        Samples.of(new long[] {checked + System.nanoTime() - start}),
        "");
  }

  private static Samples said(Site site, List<String> commands) throws IOException {
    long start = System.nanoTime();
    for (int from = 0; from < commands.size(); from += 100) {
      List<String> line = commands.subList(from, Math.min(from + 100, commands.size()));
      String answer = HaproxySocket.ask(site.socket(), String.join(";", line));
      if (answer.contains("No such") || answer.contains("not permitted")) {
        throw new IOException(answer);
      }
    }
    return Samples.of(new long[] {System.nanoTime() - start});
  }

  private static List<String> members(int count) {
    List<String> members = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      members.add("m%05d=127.2.%d.%d:8080".formatted(n, n / 250, n % 250 + 1));
    }
    return members;
  }
}
