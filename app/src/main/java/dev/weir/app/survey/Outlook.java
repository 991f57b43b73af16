package dev.weir.app.survey;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.ProxyConfig;
import dev.weir.app.config.SourceConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.engine.catalog.PoolFold;
import dev.weir.engine.catalog.PoolState;
import dev.weir.engine.catalog.Sight;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.resolve.Resolver;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.Observed;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what Weir would do to every proxy now: sources are asked once, no member is probed (all
 * count as passing their check), and nothing is changed anywhere.
 */
public final class Outlook {

  private final WeirConfig written;
  private final List<OperatorOverride> overrides;
  private final Time time;
  private final Map<SourceName, String> silent = new HashMap<>();
  private final Map<String, String> silentSets = new HashMap<>();

  /**
   * @param overrides what operators have decided, oldest first
   */
  public Outlook(WeirConfig config, List<OperatorOverride> overrides, Time time) {
    this.written = config;
    this.overrides = List.copyOf(overrides);
    this.time = time;
  }

  /** One forecast for each proxy, in the order of the configuration. */
  public List<Forecast> look() throws InterruptedException {
    List<Sought> found = Sought.all(written.sets(), time);
    found.forEach(this::noteSilence);
    return look(Sought.in(written, found));
  }

  private void noteSilence(Sought sought) {
    if (sought.report() instanceof PoolsReport.Unavailable unavailable
        && sought.set().each().need() == SourceConfig.Need.REQUIRED) {
      silentSets.put(sought.set().name(), unavailable.reason());
    }
  }

  private List<Forecast> look(WeirConfig config) throws InterruptedException {
    Map<SourceName, SourceReport> reports = new HashMap<>();
    List<SourceConfig<?>> sources = new ArrayList<>();
    config.pools().forEach(pool -> sources.addAll(pool.sources()));
    for (Asked asked : Asked.all(sources, time)) {
      reports.put(asked.source().name(), asked.report());
      if (asked.report() instanceof SourceReport.Unavailable unavailable
          && asked.source().entry().need() == SourceConfig.Need.REQUIRED) {
        silent.put(asked.source().name(), unavailable.reason());
      }
    }
    Inputs inputs = inputs(config, reports);
    List<Forecast> forecasts = new ArrayList<>();
    for (ProxyConfig<?, ?> proxy : config.proxies()) {
      Optional<String> missing = missing(config, proxy);
      forecasts.add(
          missing.isPresent()
              ? new Forecast.Unknown(proxy.name(), proxy.type().name(), missing.get())
              : forecast(proxy, inputs));
    }
    return forecasts;
  }

  private Inputs inputs(WeirConfig config, Map<SourceName, SourceReport> reports) {
    Map<PoolId, PoolInputs> pools = new HashMap<>();
    for (PoolConfig pool : config.pools()) {
      pools.put(pool.id(), pool(pool, reports));
    }
    return new Inputs(0, true, pools, Map.of());
  }

  private PoolInputs pool(PoolConfig pool, Map<SourceName, SourceReport> reports) {
    Instant now = time.now();
    Health up = new Health.Up(now);
    PoolState state = PoolFold.start(pool.definition(), Map.of(), now).state();
    for (SourceConfig<?> source : pool.sources()) {
      SourceReport report =
          Optional.ofNullable(reports.get(source.name()))
              .orElse(new SourceReport.Unavailable("was not asked"));
      SourceReport refined =
          pool.backup().map(selector -> selector.markBackups(report)).orElse(report);
      Sight sight = Sight.at(now).withHealth(id -> up);
      state = PoolFold.report(state, source.name(), refined, sight).state();
    }
    List<Member> members = state.pool().members().stream().map(CatalogMember::member).toList();
    Map<MemberId, Health> health = new HashMap<>();
    members.forEach(member -> health.put(member.id(), up));
    List<OperatorOverride> own =
        overrides.stream()
            .filter(o -> o.target().onlyPool().map(pool.id()::equals).orElse(true))
            .toList();
    return new PoolInputs(state.pool(), health, own, resolved(members), members);
  }

  private static Map<Address.Host, Endpoint.Ip> resolved(List<Member> members) {
    Map<Address.Host, Endpoint.Ip> resolved = new HashMap<>();
    for (Member member : members) {
      if (member.address() instanceof Address.Host host) {
        resolved(host).ifPresent(endpoint -> resolved.put(host, endpoint));
      }
    }
    return resolved;
  }

  private static Optional<Endpoint.Ip> resolved(Address.Host host) {
    try {
      return Optional.of(new Endpoint.Ip(InetAddress.getByName(host.name()), host.port()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private Forecast forecast(ProxyConfig<?, ?> proxy, Inputs inputs) throws InterruptedException {
    String kind = proxy.type().name();
    Path state = written.state().resolve("proxies").resolve(proxy.name().value());
    ProxyDriverType.Access access =
        proxy.mode() == Mode.STATE ? ProxyDriverType.Access.STATES : ProxyDriverType.Access.LOOK;
    try (ProxyDriver driver = proxy.open(state, time, access)) {
      Observed observed = driver.observe(new LinkedHashSet<>(proxy.poolIds()));
      DesiredState desired = new Resolver().resolve(inputs, proxy.poolIds(), Map.of());
      Plan plan = driver.plan(desired, observed);
      return new Forecast.Told(
          proxy.name(), kind, plan, Diffs.of(plan, observed), driver.borrowed());
    } catch (SetupException e) {
      return new Forecast.Unknown(proxy.name(), kind, String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> missing(WeirConfig config, ProxyConfig<?, ?> proxy) {
    return proxy.sets().stream()
        .map(ProxyConfig.SetCarriage::set)
        .filter(silentSets::containsKey)
        .map(name -> "pool set %s could not look: %s".formatted(name, silentSets.get(name)))
        .findFirst()
        .or(() -> silentSource(config, proxy));
  }

  private Optional<String> silentSource(WeirConfig config, ProxyConfig<?, ?> proxy) {
    return config.pools().stream()
        .filter(pool -> proxy.poolIds().contains(pool.id()))
        .flatMap(pool -> pool.sources().stream())
        .map(SourceConfig::name)
        .filter(silent::containsKey)
        .map(name -> "source %s could not look: %s".formatted(name, silent.get(name)))
        .findFirst();
  }
}
