package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Whether HAProxy ever stays behind its file: pairs of changes, 1 to 300 ms apart, each of which
 * needs a reload; and pairs of reload signals that somebody else sends while Weir reloads too. The
 * signals of HAProxy 2.6 get lost when they follow each other closely. After each pair the running
 * process has to name the file that lies there and to have the members that were wanted last,
 * within 5 s; a pair after which it does not is stale. The budget of reloads is lifted for this run. {@code -Dweir.pairs=N} makes it shorter.
 */
record Stale() implements Scenario {

  private static final int PAIRS = Integer.getInteger("weir.pairs", 1000);
  private static final int SIGNALS = Math.max(1, PAIRS / 10);
  private static final int LONGEST_GAP_MILLIS = 300;
  private static final int MEMBERS = 20;
  private static final Duration MOST = Duration.ofSeconds(5);
  private static final Pattern NAMED = Pattern.compile("(?m)^  setenv (\\S+) (\\S+)$");

  @Override
  public String name() {
    return "stale";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    long seed = Long.getLong("weir.seed", System.nanoTime());
    Random random = new Random(seed);
    String keys = "guard: { max_loss: 100% }, drain: { grace: 0s }, floor: 0";
    String noLimit = "reloads: { budget: 1000000, per_minute: 1000000 }";
    try (Site site = new Site(Way.HAPROXY_RELOAD, List.of("web"), keys, noLimit)) {
      site.members("web", members(1));
      site.prepare(checkout);
      long master = site.startProxy().pid();
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      int stale = 0;
      for (int pair = 0; pair < PAIRS; pair++) {
        site.members("web", members(1 + random.nextInt(MEMBERS)));
        LockSupport.parkNanos(gap(random));
        stale += settles(site, 1 + random.nextInt(MEMBERS)) ? 0 : 1;
      }
      report.row(
          "HAProxy by reload: stale after %d pairs of changes, no budget (seed %d)".formatted(PAIRS, seed),
          stale,
          "0");
      int behind = 0;
      for (int pair = 0; pair < SIGNALS; pair++) {
        int wanted = 1 + random.nextInt(MEMBERS);
        site.members("web", members(wanted));
        LockSupport.parkNanos(gap(random));
        signal(master);
        LockSupport.parkNanos(gap(random));
        signal(master);
        behind += settles(site, wanted) ? 0 : 1;
      }
      report.row("... and after %d pairs of foreign signals".formatted(SIGNALS), behind, "0");
      weir.close();
    }
  }

  /** Wants so many members, and waits until HAProxy has them and names its file. */
  private static boolean settles(Site site, int wanted) throws IOException, InterruptedException {
    site.members("web", members(wanted));
    long start = System.nanoTime();
    while (System.nanoTime() - start < MOST.toNanos()) {
      if (isThere(site, wanted)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return false;
  }

  private static boolean isThere(Site site, int wanted) throws IOException {
    Matcher named = NAMED.matcher(Files.readString(site.owned()));
    if (!named.find()) {
      return false;
    }
    try {
      String running = HaproxySocket.ask(site.socket(), "show env " + named.group(1)).strip();
      return running.equals(named.group(1) + "=" + named.group(2))
          && HaproxySocket.ready(site.socket(), "web") == wanted;
    } catch (IOException betweenTwo) {
      return false;
    }
  }

  private static void signal(long master) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-USR2", Long.toString(master)).start().waitFor();
  }

  private static long gap(Random random) {
    return Duration.ofMillis(1 + random.nextInt(LONGEST_GAP_MILLIS)).toNanos();
  }

  private static List<String> members(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "m%d=127.4.0.%d:8080".formatted(n, n + 1))
        .toList();
  }
}
