package dev.weir.engine.health;

import dev.weir.engine.run.Runner;
import dev.weir.model.Event;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the probes of the members that exist: for each a loop of its own, so that a slow member
 * delays no other. Safe for any thread; never waits for a probe.
 */
public final class Prober implements Probing {
  /** Members that come together are probed first one after the other, 5,000 a second. */
  private static final Duration STAGGER = Duration.ofNanos(200_000);

  private final Means means;
  private final ProbeSink sink;
  private final Laboratory laboratory;

  private final ReentrantLock lock = new ReentrantLock();
  // all below: guarded by lock
  private Map<PoolId, Check> checks = Map.of();
  private final Map<PoolId, List<Candidate>> followed = new HashMap<>();
  private final Map<PoolId, Map<MemberId, Probed>> probed = new HashMap<>();
  private final Set<MemberId> looking = new HashSet<>();

  /**
   * What a prober works with.
   *
   * @param tcp for single looks at members of pools without a check
   * @param events told of {@code checks.suspect} and its end; never blocks
   */
  public record Means(
      Time time, RandomGenerator random, Runner runner, Probe tcp, Consumer<Event> events) {}

  private record Probed(Watch watch, Runner.Running running) {
    void stop() {
      watch.stop();
      running.stop();
    }
  }

  public Prober(Means means, ProbeSink sink) {
    this.means = means;
    this.sink = sink;
    this.laboratory = new Laboratory(means.time(), means.events());
  }

  /**
   * Takes new checks, in full. Members of a pool whose check is unchanged are probed on
   * undisturbed; where it changed, with the new one, and conclusions and streaks are kept.
   */
  public void configure(Map<PoolId, Check> newChecks) {
    lock.lock();
    try {
      Map<PoolId, Check> before = checks;
      checks = Map.copyOf(newChecks);
      for (Map.Entry<PoolId, List<Candidate>> entry : followed.entrySet()) {
        PoolId pool = entry.getKey();
        if (!same(before.get(pool), checks.get(pool))) {
          restart(pool, entry.getValue());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void follow(PoolId pool, List<Candidate> members) {
    lock.lock();
    try {
      if (members.isEmpty()) {
        followed.remove(pool);
      } else {
        followed.put(pool, List.copyOf(members));
      }
      arrange(pool, members);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void look(Candidate member) {
    lock.lock();
    try {
      if (looking.add(member.id())) {
        Look look =
            new Look(
                member,
                means.tcp(),
                laboratory,
                result -> {
                  looked(member.id());
                  sink.looked(member.id(), result);
                });
        means.runner().start("look " + member.id(), look);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Probes a member once more, for people: by the check of its pool, by TCP where that has none.
   * Concludes nothing, and counts nowhere.
   */
  public ProbeResult tryOut(Candidate member, Transcript transcript) throws InterruptedException {
    Optional<Check> check = checkOf(member.id().pool());
    Probe probe = check.map(Check::probe).orElse(means.tcp());
    Duration timeout = check.map(it -> it.policy().timeout()).orElse(Look.TIMEOUT);
    try (Probe.Session session = probe.open(member.endpoint(), transcript)) {
      return laboratory.look(() -> session, timeout);
    }
  }

  private Optional<Check> checkOf(PoolId pool) {
    lock.lock();
    try {
      return Optional.ofNullable(checks.get(pool));
    } finally {
      lock.unlock();
    }
  }

  /** The counters of all probes. */
  public ProbeMeters meters() {
    return laboratory.meters();
  }

  /** The most recent probe of a member; absent when it is not probed, or was not yet. */
  public Optional<LastLook> last(MemberId member) {
    lock.lock();
    try {
      return Optional.ofNullable(probed.getOrDefault(member.pool(), Map.of()).get(member))
          .flatMap(it -> it.watch().last());
    } finally {
      lock.unlock();
    }
  }

  private void looked(MemberId member) {
    lock.lock();
    try {
      looking.remove(member);
    } finally {
      lock.unlock();
    }
  }

  /** Brings the watches of a pool in line with its members. */
  @SuppressWarnings("ReferenceEquality") // whether this very task still runs
  private void arrange(PoolId pool, List<Candidate> members) {
    Map<MemberId, Probed> before = probed.getOrDefault(pool, Map.of());
    Map<MemberId, Probed> after = new HashMap<>();
    Check check = checks.get(pool);
    int arrived = 0;
    for (Candidate member : check == null ? List.<Candidate>of() : members) {
      Probed old = before.get(member.id());
      if (old != null && old.watch().candidate().equals(member)) {
        after.put(member.id(), old);
      } else if (check != null && !after.containsKey(member.id())) {
        after.put(member.id(), start(member, check, stagger(arrived++, check)));
      }
    }
    before.forEach((id, old) -> {
      if (after.get(id) != old) {
        old.stop();
      }
    });
    keep(pool, after);
  }

  /** Probes all members of a pool anew, by its new check, with what is known of them. */
  private void restart(PoolId pool, List<Candidate> members) {
    Map<MemberId, Probed> before = probed.getOrDefault(pool, Map.of());
    before.values().forEach(Probed::stop);
    Map<MemberId, Probed> after = new HashMap<>();
    Check check = checks.get(pool);
    if (check != null) {
      for (Candidate member : members) {
        Probed old = before.get(member.id());
        HealthTracker known = old == null ? HealthTracker.NEW : old.watch().tracker();
        Duration delay = stagger(after.size(), check);
        after.put(member.id(), start(new Watch.Start(member, check, known, delay, split())));
      }
    }
    keep(pool, after);
  }

  private void keep(PoolId pool, Map<MemberId, Probed> after) {
    if (after.isEmpty()) {
      probed.remove(pool);
    } else {
      probed.put(pool, after);
    }
  }

  private Probed start(Candidate member, Check check, Duration delay) {
    return start(new Watch.Start(member, check, HealthTracker.NEW, delay, split()));
  }

  private Probed start(Watch.Start how) {
    Watch watch = new Watch(how, laboratory, sink);
    return new Probed(watch, means.runner().start("probe " + how.candidate().id(), watch));
  }

  private RandomGenerator split() {
    return new SplittableRandom(means.random().nextLong());
  }

  /** The first probe of a lone arrival is immediate; of many, within an interval at most. */
  private static Duration stagger(int place, Check check) {
    Duration delay = STAGGER.multipliedBy(place);
    Duration most = check.policy().every();
    return delay.compareTo(most) < 0 ? delay : most;
  }

  @SuppressWarnings("ReferenceEquality") // a probe has no value of its own: another one is another
  private static boolean same(@Nullable Check one, @Nullable Check other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.probe() == other.probe() && one.policy().equals(other.policy());
  }
}
