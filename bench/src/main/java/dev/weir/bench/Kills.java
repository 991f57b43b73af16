package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * 1,000 membership changes, a few milliseconds to a second apart, in which Weir and HAProxy are
 * killed with -9 in turn, 200 times, at random moments: shortly after a change, where its commands
 * are said, or within the second in which the file follows. After each kill whoever died is started
 * again. Then its file, what HAProxy runs and what is wanted have to be the same; how long that
 * took is reported, from the start on. {@code -Dweir.kills=N} makes it shorter.
 */
record Kills() implements Scenario {

  private static final int KILLS = Integer.getInteger("weir.kills", 200);
  private static final int CHANGES_PER_KILL = 5;
  private static final int MEMBERS = 12;
  private static final int LONGEST_GAP_MILLIS = 60;
  private static final int FILE_FOLLOWS_MILLIS = 900;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Pattern SERVER = Pattern.compile("(?m)^  server (m[0-9]+) \\S+(.*)$");

  @Override
  public String name() {
    return "kills";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    long seed = Long.getLong("weir.seed", System.nanoTime());
    String keys = "guard: { max_loss: 100% }, drain: { grace: 0s }, floor: 0";
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), keys)) {
      Run run = new Run(site, checkout, new Random(seed));
      long[] weir = new long[(KILLS + 1) / 2];
      long[] proxy = new long[KILLS / 2];
      for (int kill = 0; kill < KILLS; kill++) {
        run.changes();
        if (kill % 2 == 0) {
          weir[kill / 2] = run.killWeir();
        } else {
          proxy[kill / 2] = run.killProxy();
        }
      }
      String after = ", %d kills of %d (seed %d)".formatted(KILLS / 2, KILLS, seed);
      String goal = "all <= %d s".formatted(SOON.toSeconds());
      report.row("HAProxy: equal after Weir was killed" + after, told(weir), goal);
      report.row("HAProxy: equal after HAProxy was killed" + after, told(proxy), goal);
    }
  }

  private static String told(long[] nanos) {
    long late = Arrays.stream(nanos).filter(took -> took > SOON.toNanos()).count();
    return "%d later than %d s; %s".formatted(late, SOON.toSeconds(), Samples.of(nanos));
  }

  /** One Weir and one HAProxy, and what they shall have. */
  private static final class Run {
    private final Site site;
    private final Path checkout;
    private final Random random;
    private Set<String> wanted = new TreeSet<>();
    private Started proxy;
    private WeirProcess weir;

    Run(Site site, Path checkout, Random random) throws IOException, InterruptedException {
      this.site = site;
      this.checkout = checkout;
      this.random = random;
      change();
      site.prepare(checkout);
      proxy = site.startProxy();
      weir = site.startWeir(checkout, Mode.LAUNCHER);
    }

    private void change() throws IOException {
      Set<String> others = new TreeSet<>();
      while (others.isEmpty() || others.equals(wanted)) {
        others.clear();
        for (int n = 0; n < MEMBERS; n++) {
          if (random.nextInt(3) > 0) {
            others.add("m" + n);
          }
        }
      }
      wanted = others;
      site.members(
          "web", others.stream().map(n -> n + "=127.5.0." + (1 + number(n)) + ":8080").toList());
    }

    private static int number(String name) {
      return Integer.parseInt(name.substring(1));
    }

    /** The last one is under way when this returns. */
    void changes() throws IOException {
      for (int i = 0; i < CHANGES_PER_KILL; i++) {
        change();
        boolean last = i == CHANGES_PER_KILL - 1;
        int most = last && random.nextBoolean() ? FILE_FOLLOWS_MILLIS : LONGEST_GAP_MILLIS;
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(most)).toNanos());
      }
    }

    long killWeir() throws IOException, InterruptedException {
      weir.process().kill();
      long start = System.nanoTime();
      weir = site.startWeirUnready(checkout, Mode.LAUNCHER);
      return settled(start);
    }

    long killProxy() throws IOException, InterruptedException {
      proxy.kill();
      long start = System.nanoTime();
      proxy = site.startProxy();
      return settled(start);
    }

    private long settled(long start) throws IOException, InterruptedException {
      while (!inFile().equals(wanted) || !running().equals(wanted)) {
        if (System.nanoTime() - start > MOST.toNanos()) {
          throw new IOException(
              "wanted %s, the file has %s, HAProxy runs %s, after %s"
                  .formatted(wanted, inFile(), running(), MOST));
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      return System.nanoTime() - start;
    }

    private Set<String> inFile() throws IOException {
      Set<String> found = new TreeSet<>();
      Matcher server = SERVER.matcher(Files.readString(site.owned()));
      while (server.find()) {
        if (!server.group(2).contains(" disabled")) {
          found.add(server.group(1));
        }
      }
      return found;
    }

    private Set<String> running() {
      try {
        return HaproxySocket.serving(site.socket(), "web").stream()
            .collect(Collectors.toCollection(TreeSet::new));
      } catch (IOException betweenTwo) {
        return Set.of();
      }
    }
  }
}
