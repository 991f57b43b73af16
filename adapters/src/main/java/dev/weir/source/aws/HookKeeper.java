package dev.weir.source.aws;

import dev.weir.follow.Shared;
import dev.weir.model.MemberId;
import dev.weir.source.aws.Vigil.Duty;
import dev.weir.spi.Drains;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the instances of one account go that a lifecycle hook holds back: each when it is drained in
 * every pool that has it, or when the pool's deadline is over; until then the hook is told to wait
 * on. Nothing waits for these calls: one that fails is made again, and the hook's own time-out is
 * the end of it in any case. Runs on a thread of its own while a pool takes part.
 */
final class HookKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(HookKeeper.class);

  /** How often it is looked whether an instance may go. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Which which;
  private final Accounts accounts;
  private final Map<Share, Map<Withheld, Optional<MemberId>>> shares = new ConcurrentHashMap<>();
  private final Thread thread;

  /** Used by the thread alone. */
  private final Map<Withheld, Vigil> vigils = new HashMap<>();

  /** The hook of each group, as long as it holds anything back. Used by the thread alone. */
  private final Map<String, Optional<Hook>> hooks = new HashMap<>();

  /** A hook of groups of an account, and the clock that its vigils go by. */
  record Which(AwsAccount account, String hook, Time time) {}

  /** A pool's part in it. */
  final class Share implements AutoCloseable {

    private final Drains drains;

    private Share(Drains drains) {
      this.drains = drains;
    }

    /** From now on the hook holds back these, in this pool. */
    void tell(Map<Withheld, Optional<MemberId>> withheld) {
      shares.put(this, Map.copyOf(withheld));
    }

    @Override
    public void close() {
      shares.remove(this);
    }
  }

  private HookKeeper(Which which, Accounts accounts) {
    this.which = which;
    this.accounts = accounts;
    this.thread = Thread.ofVirtual().name("hook " + which.hook()).unstarted(this::run);
  }

  static HookKeeper start(Which which, Accounts accounts) {
    HookKeeper keeper = new HookKeeper(which, accounts);
    keeper.thread.start();
    return keeper;
  }

  /** Takes part with a pool, until the share is closed. */
  Share join(Drains drains) {
    return new Share(drains);
  }

  /** Ends it; returns when its thread has ended, or hangs in the machine's resolver. */
  void stop() {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      boolean ignored = thread.join(FAREWELL);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Shared.Lease<Calls> calls = accounts.take(which.account(), which.time())) {
      while (true) {
        try {
          step(calls.get());
        } catch (RuntimeException broken) {
          LOG.error("hook {} is not looked after this time", which.hook(), broken);
        }
        which.time().sleep(LOOK);
      }
    } catch (InterruptedException ended) {
      // no pool takes part any more
    }
  }

  private void step(Calls calls) throws InterruptedException {
    Map<Withheld, List<Duty>> duties = duties();
    vigils.keySet().retainAll(duties.keySet());
    if (duties.isEmpty()) {
      hooks.clear();
    }
    long now = which.time().nanos();
    for (Map.Entry<Withheld, List<Duty>> entry : duties.entrySet()) {
      vigils
          .computeIfAbsent(entry.getKey(), withheld -> new Vigil(withheld, now))
          .attend(entry.getValue(), group -> hook(group, calls), calls, now);
    }
  }

  /** What is to be done for each instance, in all pools that have it. */
  private Map<Withheld, List<Duty>> duties() {
    Map<Withheld, List<Duty>> duties = new HashMap<>();
    shares.forEach((share, withheld) ->
        withheld.forEach((instance, member) ->
            duties
                .computeIfAbsent(instance, one -> new ArrayList<>())
                .add(new Duty(share.drains, member))));
    return duties;
  }

  private Optional<Hook> hook(String group, Calls calls) throws IOException, InterruptedException {
    Optional<Hook> known = hooks.get(group);
    if (known == null) {
      known =
          calls.once(client -> client.hooks(group)).stream()
              .filter(hook -> hook.name().equals(which.hook()))
              .findFirst();
      hooks.put(group, known);
    }
    return known;
  }
}
