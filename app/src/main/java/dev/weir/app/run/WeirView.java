package dev.weir.app.run;

import dev.weir.app.api.Jobs;
import dev.weir.app.api.LogLevels;
import dev.weir.app.api.ProxyView;
import dev.weir.app.api.Tokens;
import dev.weir.app.api.View;
import dev.weir.app.config.ConfigText;
import dev.weir.engine.catalog.PoolSetState;
import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.LastLook;
import dev.weir.engine.health.ProbeMeters;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.engine.run.Runner;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running Weir as the API reads it. */
public final class WeirView implements View {

  private final Weir weir;
  private final LogLevels logLevels;

  public WeirView(Weir weir) {
    this.weir = weir;
    Time time = weir.parts().time();
    this.logLevels = new LogbackLevels(Runner.onThreads(weir.parts().others(), time), time);
  }

  @Override
  public Inputs inputs() {
    return weir.parts().keeper().inputs();
  }

  @Override
  public Optional<DesiredPool> resolved(PoolInputs inputs) {
    return weir.parts().keeper().resolutions().known(inputs);
  }

  @Override
  public Map<String, PoolSetState> poolSets() {
    return weir.parts().sets().states();
  }

  @Override
  public List<ProxyView> proxies() {
    return List.copyOf(weir.parts().proxies().all());
  }

  @Override
  public Journal journal() {
    return weir.parts().journal();
  }

  @Override
  public Ledger ledger() {
    return weir.parts().state().ledger();
  }

  @Override
  public Tokens tokens() {
    return weir.parts().state().tokens();
  }

  @Override
  public Jobs jobs() {
    return weir.parts().state().jobs();
  }

  @Override
  public Optional<Brake.Hold> handsOff(ProxyName proxy) {
    return weir.parts().state().handsOff().holds(proxy);
  }

  @Override
  public Pauses pauses() {
    return weir.parts().state().handsOff().pauses();
  }

  @Override
  public ProbeMeters probes() {
    return weir.parts().prober().meters();
  }

  @Override
  public Optional<LastLook> lastLook(MemberId member) {
    return weir.parts().prober().last(member).or(() -> weir.parts().proxyChecks().last(member));
  }

  @Override
  public ProbeResult tryOut(Candidate member, Transcript transcript) throws InterruptedException {
    return weir.parts().prober().tryOut(member, transcript);
  }

  @Override
  public boolean measuresMembers() {
    return weir.config().metrics().members();
  }

  @Override
  public Instant keeperLastRun() {
    return weir.parts().keeper().lastStep();
  }

  @Override
  public ConfigState configuration() {
    Weir.Reload last = weir.lastReload();
    return new ConfigState(
        last.since(),
        last.problem(),
        last.success().isPresent() ? Origin.THIS_RUN : Origin.FORMER_RUN);
  }

  @Override
  public Map<Path, String> configurationTexts() {
    Map<Path, String> texts = new LinkedHashMap<>();
    ConfigText text = weir.text();
    texts.put(text.main(), text.files().getOrDefault(text.main(), ""));
    texts.putAll(text.files());
    return texts;
  }

  @Override
  public Optional<Trouble> storeTrouble() {
    return weir.parts().state().watch().trouble();
  }

  @Override
  public LogLevels logLevels() {
    return logLevels;
  }

  @Override
  public Time time() {
    return weir.parts().time();
  }
}
