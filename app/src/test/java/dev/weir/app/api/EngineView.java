package dev.weir.app.api;

import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.LastLook;
import dev.weir.engine.health.ProbeMeters;
import dev.weir.engine.health.Prober;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProxyName;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine as the API reads it. */
record EngineView(
    Keeper keeper,
    Journal journal,
    Prober prober,
    ProxyView only,
    Pauses pauses,
    Ledger ledger,
    Tokens tokens,
    Jobs jobs)
    implements View {
  @Override
  public Inputs inputs() {
    return keeper.inputs();
  }

  @Override
  public List<ProxyView> proxies() {
    return List.of(only);
  }

  @Override
  public ProbeMeters probes() {
    return prober.meters();
  }

  @Override
  public Optional<LastLook> lastLook(MemberId member) {
    return prober.last(member);
  }

  @Override
  public boolean measuresMembers() {
    return false;
  }

  @Override
  public Instant keeperLastRun() {
    return keeper.lastStep();
  }

  @Override
  public ConfigState configuration() {
    return new ConfigState(Instant.EPOCH, Optional.empty(), Origin.THIS_RUN);
  }

  @Override
  public Optional<Brake.Hold> handsOff(ProxyName proxy) {
    return pauses.holds(proxy);
  }

  @Override
  public Optional<Trouble> storeTrouble() {
    return Optional.empty();
  }

  @Override
  public ProbeResult tryOut(Candidate member, Transcript transcript) {
    throw new AssertionError("nobody probes here by hand");
  }

  @Override
  public Map<Path, String> configurationTexts() {
    return Map.of();
  }

  @Override
  public LogLevels logLevels() {
    return new SampleLogLevels();
  }

  @Override
  public Time time() {
    return Time.SYSTEM;
  }
}
