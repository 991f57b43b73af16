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
 * within 20 s, which is less than the interval at which Weir looks by itself; a pair after which it
 * does not is stale. The budget of reloads is lifted for this run. {@code -Dweir.pairs=N} makes it
 * shorter.
 */
record Stale() implements Scenario {

  private static final int PAIRS = Integer.getInteger("weir.pairs", 1000);
  private static final int SIGNALS = Integer.getInteger("weir.signals", Math.max(1, PAIRS / 10));
  private static final int LONGEST_GAP_MILLIS = 300;
  private static final int MEMBERS = 20;
  private static final Duration MOST = Duration.ofSeconds(20);
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
      Tally changes = new Tally(site);
      for (int pair = 0; pair < PAIRS; pair++) {
        site.members("web", members(1 + random.nextInt(MEMBERS)));
        LockSupport.parkNanos(gap(random));
        changes.settle(1 + random.nextInt(MEMBERS));
      }
      report.row(
          "HAProxy by reload: stale after %d pairs of changes, no budget (seed %d)"
              .formatted(PAIRS, seed),
          changes,
          "0");
      Tally signals = new Tally(site);
      for (int pair = 0; pair < SIGNALS; pair++) {
        int wanted = 1 + random.nextInt(MEMBERS);
        site.members("web", members(wanted));
        LockSupport.parkNanos(gap(random));
        signal(master);
        LockSupport.parkNanos(gap(random));
        signal(master);
        signals.settle(wanted);
      }
      report.row("... and after %d pairs of foreign signals".formatted(SIGNALS), signals, "0");
      weir.close();
    }
  }

  /** How often HAProxy stayed behind, and how long it took at most where it did not. */
  private static final class Tally {
    private final Site site;
    private int stale;
    private long longestNanos;

    Tally(Site site) {
      this.site = site;
    }

    /** Wants so many members, and waits until HAProxy has them and names its file. */
    void settle(int wanted) throws IOException, InterruptedException {
      site.members("web", members(wanted));
      long start = System.nanoTime();
      while (!isThere(site, wanted)) {
        if (System.nanoTime() - start > MOST.toNanos()) {
          stale++;
          return;
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      longestNanos = Math.max(longestNanos, System.nanoTime() - start);
    }

    @Override
    public String toString() {
      return "%d, the others settled within %d ms"
          .formatted(stale, TimeUnit.NANOSECONDS.toMillis(longestNanos));
    }
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
