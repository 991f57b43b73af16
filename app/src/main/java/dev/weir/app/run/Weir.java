package dev.weir.app.run;

import dev.weir.app.api.Jobs;
import dev.weir.app.api.Tokens;
import dev.weir.app.config.ConfigText;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.engine.health.Prober;
import dev.weir.engine.health.ProxyChecks;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.run.Latest;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Inputs;
import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.store.sqlite.SqliteStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A running Weir: everything that is started, configured anew and stopped together. One thread
 * starts, reloads and closes it; everything that reads is safe for any thread.
 */
public final class Weir implements AutoCloseable {

  private final Parts parts;
  private final Start.Files files;

  /** What state and listeners were opened by; they stay those until a restart. */
  private final WeirConfig started;

  private final Enactment enactment;

  /** Held by whoever changes what is in force. */
  private final ReentrantLock changing = new ReentrantLock();

  /** As written; guarded by the lock. */
  private WeirConfig written;

  /** With the pools of its pool sets. */
  private volatile WeirConfig config;

  private volatile ConfigText text;

  private volatile Reload lastReload;

  /** Has the pools that the sets are made of changed, by the loop of the sets. */
  private final PoolSets.Owner owner =
      new PoolSets.Owner() {
        private final LeftOut leftOut = new LeftOut();
        private String trouble = "";

        // told once, until it is over
        private void tellTrouble(String now) {
          if (!now.equals(trouble)) {
            rejected(now);
          }
          trouble = now;
        }

        @Override
        public PoolSets.Taken poolsChanged() throws InterruptedException {
          changing.lockInterruptibly();
          try {
            Map<String, List<PoolConfig>> found = parts().sets().pools();
            leftOut.tell(written, found);
            WeirConfig next = written.with(found);
            enactment.carry(config, next);
            config = next;
            trouble = "";
            return PoolSets.Taken.YES;
          } catch (SetupException | Refused | StoreException e) {
            tellTrouble("the pools of pool sets stay as they were: " + e.getMessage());
            return PoolSets.Taken.NOT_YET;
          } finally {
            changing.unlock();
          }
        }

        @Override
        public Set<PoolConfig> needed(List<PoolConfig> pools) {
          return NamedPools.named(config(), pools);
        }
      };

  /**
   * What it is made of.
   *
   * @param vital tasks that Weir is nothing without: the keeper and the journal
   * @param others tasks beside them, started again when they die
   */
  public record Parts(
      Time time,
      State state,
      Journal journal,
      Keeper keeper,
      Prober prober,
      ProxyChecks proxyChecks,
      RunningChecks checks,
      RunningSources sources,
      PoolSets sets,
      RunningProxies proxies,
      TaskGroup vital,
      TaskGroup others) {}

  /** What survives a restart, and who watches over it. */
  public record State(
      SqliteStore store,
      StoreWatch watch,
      HandsOff handsOff,
      Ledger ledger,
      Tokens tokens,
      Jobs jobs) {}

  /**
   * What became of reading the configuration last.
   *
   * @param since when the configuration in use was accepted, be it in a former run
   * @param success when one was last accepted in this run; absent while that of a former run is in
   *     use
   * @param problem of the files as they are; absent when they are in use
   */
  public record Reload(Instant since, Optional<Instant> success, Optional<String> problem) {}

  public Weir(Parts parts, Start.Files files, Start start) {
    this.parts = parts;
    this.files = files;
    this.started = start.config();
    this.written = start.config();
    this.text = start.text();
    this.config = written.with(parts.sets().pools());
    this.enactment = new Enactment(parts);
    this.lastReload =
        new Reload(
            start.accepted(),
            start.fallback() ? Optional.empty() : Optional.of(start.accepted()),
            start.fallback() ? Optional.of(Words.summary(start.problems())) : Optional.empty());
  }

  /**
   * Starts everything but the loops of the proxies.
   *
   * @throws SetupException when something outside has to be put right first
   */
  public void start(Start start) throws SetupException, StoreException {
    RunningChecks.Prepared checks = parts.checks().prepare(config.pools());
    parts.vital().start("journal", parts.journal()::run);
    parts.vital().start("keeper", parts.keeper()::run);
    parts.others().start("pauses", parts.state().handsOff()::watch);
    parts.others().start("revisions", () -> parts.state().ledger().run(parts.time()));
    parts.others().start("state", () -> parts.state().watch().watch(parts.state().store()));
    tell(EventKind.WEIR_STARTED, "with %s".formatted(Words.size(config)));
    parts.prober().configure(checks.take());
    parts.sources().startMissing(config.pools());
    enactment.forgetDecisionsElsewhere(config);
    List<String> failures = parts.proxies().become(config.proxies());
    parts.proxyChecks().configure(Enactment.checkedByProxies(config));
    if (!failures.isEmpty()) {
      throw new SetupException(String.join("\n", failures));
    }
    parts.proxies().carry(config.proxies(), parts.sets()::unknown);
    parts.sets().startMissing();
    parts.others().start("pool sets", () -> parts.sets().run(owner));
    if (start.fallback()) {
      rejected(
          Words.summary(start.problems())
              + "; what was accepted last is used, and Weir is not ready");
    } else {
      parts.state().store().configuration().accept(AcceptedText.of(start.text(), start.accepted()));
    }
  }

  /** Starts the loops of the proxies. */
  public void keepInStep() {
    parts.proxies().start();
  }

  /**
   * In place of {@link #keepInStep}: brings every proxy in step once, when the first reports and
   * checks are in.
   *
   * @param atMost how long those are waited for
   */
  public List<ProxyStatus> once(Duration atMost) throws InterruptedException {
    long deadline = parts.time().nanos() + atMost.toNanos();
    Latest<Inputs> inbox = new Latest<>(parts.time());
    parts.keeper().subscribe(inbox);
    Duration left = atMost;
    while (left.isPositive() && inbox.poll(left).filter(this::known).isEmpty()) {
      left = Duration.ofNanos(deadline - parts.time().nanos());
    }
    parts.keeper().unsubscribe(inbox);
    return parts.proxies().once(atMost);
  }

  private boolean known(Inputs inputs) {
    return inputs.started()
        && config.pools().stream().map(PoolConfig::id).allMatch(inputs::settled);
  }

  /** Reads the configuration again. Parts that did not change go on undisturbed. */
  public void reload() throws InterruptedException {
    switch (files.read()) {
      case Loaded.Refused refused -> {
        refused.problems().forEach(problem -> System.err.println(problem));
        rejected(Words.summary(refused.problems()) + "; the old configuration stays");
      }
      case Loaded.Accepted accepted -> take(accepted);
    }
  }

  private void take(Loaded.Accepted accepted) throws InterruptedException {
    changing.lockInterruptibly();
    try (PoolSets.Change sets = parts.sets().configure(accepted.config().sets())) {
      WeirConfig next = accepted.config().with(parts.sets().pools());
      List<String> failures = enactment.replace(config, next);
      written = accepted.config();
      text = accepted.text();
      config = next;
      sets.keep();
      parts.sets().startMissing();
      taken(accepted, failures);
    } catch (SetupException | Refused | StoreException e) {
      rejected(e.getMessage() + "; the old configuration stays");
    } finally {
      changing.unlock();
    }
  }

  private void taken(Loaded.Accepted accepted, List<String> failures) {
    WeirConfig next = accepted.config();
    String restart = Words.needsRestart(started, next);
    if (!failures.isEmpty()) {
      rejected(String.join("; ", failures));
      return;
    }
    Instant now = parts.time().now();
    lastReload = new Reload(now, Optional.of(now), Optional.empty());
    tell(
        EventKind.CONFIG_RELOADED,
        Words.size(next) + restart + keep(AcceptedText.of(accepted.text(), now)));
  }

  /** Keeps what is in force for a start with a bad file; what to say where that is impossible. */
  private String keep(ConfigurationStore.Accepted accepted) {
    try {
      parts.state().store().configuration().accept(accepted);
      return "";
    } catch (StoreException e) {
      return "; but a start with a bad file would not find it: " + e.getMessage();
    }
  }

  private void rejected(String reason) {
    lastReload = new Reload(lastReload.since(), lastReload.success(), Optional.of(reason));
    tell(EventKind.CONFIG_REJECTED, reason);
  }

  /** The configuration in use. */
  public WeirConfig config() {
    return config;
  }

  /** The text of the configuration in use. */
  public ConfigText text() {
    return text;
  }

  /** What became of reading the configuration last. */
  public Reload lastReload() {
    return lastReload;
  }

  public Parts parts() {
    return parts;
  }

  /** Stops everything; every proxy stays as it is. */
  @Override
  public void close() {
    parts.proxies().close();
    parts.sets().close();
    parts.sources().close();
    tell(EventKind.WEIR_STOPPED, "every proxy stays as it is");
    parts.vital().close(); // the keeper first: it would start helpers in a group that is closed
    parts.others().close();
    parts.state().ledger().close();
    parts.journal().close();
  }

  private void tell(EventKind kind, String message) {
    parts.journal().record(Event.of(parts.time().now(), kind, Event.Subject.WEIR, message));
  }
}
