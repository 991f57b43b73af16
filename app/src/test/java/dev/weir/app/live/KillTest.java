package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Weir is killed with -9 in the middle of what it does to a real nginx and a real HAProxy:
 * both go on serving, their files pass their own checks, and a new Weir brings files and run time
 * to what is wanted. The moments lie where the work is done: within 60 ms after a change, which
 * holds the commands, the test of nginx and its reload, and around 0.8 s, when HAProxy's file
 * follows.
 */
@RequiresServer({Server.NGINX, Server.HAPROXY})
class KillTest {

  private static final int KILLS = 10;

  /** The first seconds of a JVM on a busy machine are not Weir's to answer for. */
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private final long seed = Long.getLong("weir.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void whateverItWasDoingBothProxiesServeAndConverge() throws Exception {
    Set<Integer> wanted = Set.of(0, 1);
    try (Pair pair = new Pair(folder, 0, 1)) {
      Started weir = running(pair, wanted, "the start");
      for (int kill = 0; kill < KILLS; kill++) {
        wanted = another(wanted);
        Duration moment = moment(kill);
        String what =
            "seed %d, kill %d after %s on the way to %s".formatted(seed, kill, moment, wanted);
        pair.site.members(wanted.stream().mapToInt(Integer::intValue).toArray());
        LockSupport.parkNanos(moment.toNanos());
        weir.kill();
        assertThat(pair.complaints()).as(what).isEmpty();
        weir = running(pair, wanted, what);
      }
    }
  }

  /** The other way round: HAProxy comes up with its file, and Weir brings what that lacks. */
  @Test
  void whateverItWasDoingHaproxyComesBackAndIsBroughtThere() throws Exception {
    Set<Integer> wanted = Set.of(0, 1);
    try (Pair pair = new Pair(folder, 0, 1)) {
      var _ = running(pair, wanted, "the start");
      for (int kill = 0; kill < KILLS; kill++) {
        wanted = another(wanted);
        Duration moment = moment(kill);
        String what =
            "seed %d, HAProxy killed %s after %s was wanted".formatted(seed, moment, wanted);
        pair.site.members(wanted.stream().mapToInt(Integer::intValue).toArray());
        LockSupport.parkNanos(moment.toNanos());
        pair.killHaproxy();
        await(pair, wanted, what);
      }
    }
  }

  /** A new Weir that has brought both proxies there. */
  private static Started running(Pair pair, Set<Integer> wanted, String what) throws Exception {
    Started weir = pair.site.runUntil("event=weir.started");
    await(pair, wanted, what);
    return weir;
  }

  private static void await(Pair pair, Set<Integer> wanted, String what) {
    Awaitility.await()
        .atMost(SOON)
        .ignoreException(ConnectException.class)
        .untilAsserted(
            () -> assertThat(pair.standing()).as(what).isEqualTo(Pair.Standing.of(wanted)));
  }

  /** Half of the kills at once after the change, the others where the file follows. */
  private Duration moment(int kill) {
    return Duration.ofMillis(kill % 2 == 0 ? random.nextInt(60) : 750 + random.nextInt(150));
  }

  /** Other members than these, two at least; often none of the former ones. */
  private Set<Integer> another(Set<Integer> former) {
    Set<Integer> others = new TreeSet<>(former);
    while (others.size() < 2 || others.equals(former)) {
      int number = random.nextInt(Pair.BACKENDS);
      if (!others.remove(number)) {
        others.add(number);
      }
    }
    return others;
  }
}
