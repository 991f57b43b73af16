package dev.weir.app.api;

import dev.weir.engine.catalog.PoolSetState;
import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.LastLook;
import dev.weir.engine.health.ProbeMeters;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.model.DesiredPool;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProxyName;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API reads of a running Weir: immutable snapshots, from any thread, without waiting. */
public interface View {

  /** The newest inputs. */
  Inputs inputs();

  /** What is known of the pools of each pool set, by the set's name. */
  default Map<String, PoolSetState> poolSets() {
    return Map.of();
  }

  /** What follows from the inputs of a pool, where that is known already for every proxy. */
  default Optional<DesiredPool> resolved(PoolInputs inputs) {
    return Optional.empty();
  }

  /** The proxies, in the order of the configuration. */
  List<ProxyView> proxies();

  /** What happened. */
  Journal journal();

  /** What was applied to them. */
  Ledger ledger();

  /** Who may come in with which secret. */
  Tokens tokens();

  /** The long things that people want done. */
  Jobs jobs();

  /** What keeps the hands off a proxy, whatever it is; absent when nothing does. */
  Optional<Brake.Hold> handsOff(ProxyName proxy);

  /** Which proxies people asked to leave alone. */
  Pauses pauses();

  /** The counters of all probes. */
  ProbeMeters probes();

  /** The most recent probe of a member; absent when there was none yet. */
  Optional<LastLook> lastLook(MemberId member);

  /** Probes a member once more, for people; concludes nothing. */
  ProbeResult tryOut(Candidate member, Transcript transcript) throws InterruptedException;

  /** Whether metrics of single members are wanted. */
  boolean measuresMembers();

  /** When the keeper last came round. */
  Instant keeperLastRun();

  /** How the configuration stands. */
  ConfigState configuration();

  /** Its files, the main one first, as they were read. */
  Map<Path, String> configurationTexts();

  /** Why nothing that is decided can be kept; absent while it can. */
  Optional<Trouble> storeTrouble();

  /** How much is logged. */
  LogLevels logLevels();

  /** The clock. */
  Time time();

  /**
   * Something that does not work.
   *
   * @param reason one line for people
   */
  record Trouble(String reason, Instant since) {}

  /**
   * How the configuration stands.
   *
   * @param since when the one in use was accepted
   * @param problem why the file as it is now is not in use; absent when it is
   */
  record ConfigState(Instant since, Optional<String> problem, Origin origin) {}

  /** Which run of Weir accepted the configuration in use. */
  enum Origin {
    THIS_RUN,
    /** The file was bad at the start: Weir works, and is not ready. */
    FORMER_RUN
  }
}
