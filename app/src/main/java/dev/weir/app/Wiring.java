package dev.weir.app;

import dev.weir.app.api.ApiServer;
import dev.weir.app.api.Jobs;
import dev.weir.app.api.Limits;
import dev.weir.app.api.Meters;
import dev.weir.app.api.Offer;
import dev.weir.app.api.Routes;
import dev.weir.app.api.Tokens;
import dev.weir.app.cli.Program.Hands;
import dev.weir.app.config.Kinds;
import dev.weir.app.config.Listen;
import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.ProxyConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.run.CountedSink;
import dev.weir.app.run.ExternalDecisions;
import dev.weir.app.run.HandsOff;
import dev.weir.app.run.PausedFile;
import dev.weir.app.run.PoolDrains;
import dev.weir.app.run.PoolSets;
import dev.weir.app.run.RunningChecks;
import dev.weir.app.run.RunningProxies;
import dev.weir.app.run.RunningProxy;
import dev.weir.app.run.RunningSources;
import dev.weir.app.run.Start;
import dev.weir.app.run.StoreWatch;
import dev.weir.app.run.Weir;
import dev.weir.app.run.WeirView;
import dev.weir.driver.haproxy.HaproxyDriverType;
import dev.weir.driver.nginx.NginxType;
import dev.weir.engine.health.Prober;
import dev.weir.engine.health.ProxyChecks;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.keeper.HostLookup;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Mailbox;
import dev.weir.engine.keeper.Seams;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.resolve.Resolver;
import dev.weir.engine.run.Latest;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.Runner;
import dev.weir.engine.run.TaskGroup;
import dev.weir.kv.consul.ConsulStoreType;
import dev.weir.kv.env.EnvironmentStoreType;
import dev.weir.kv.etcd.Etcd2StoreType;
import dev.weir.kv.etcd.EtcdStoreType;
import dev.weir.kv.files.FilesStoreType;
import dev.weir.kv.redis.RedisStoreType;
import dev.weir.kv.zookeeper.ZookeeperStoreType;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.probe.http.HttpProbeType;
import dev.weir.probe.tcp.TcpOptions;
import dev.weir.probe.tcp.TcpProbeType;
import dev.weir.source.aws.AwsAsgSourceType;
import dev.weir.source.consul.ConsulSourceType;
import dev.weir.source.dns.DnsSourceType;
import dev.weir.source.docker.DockerSourceType;
import dev.weir.source.exec.ExecSourceType;
import dev.weir.source.file.FileSourceType;
import dev.weir.source.http.HttpSourceType;
import dev.weir.source.keyvalue.KeyValueSourceType;
import dev.weir.source.serf.SerfSourceType;
import dev.weir.source.statics.StaticSourceType;
import dev.weir.source.supervisor.SupervisorSourceType;
import dev.weir.spi.Drains;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.store.sqlite.Retention;
import dev.weir.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** What Weir is made of, in the order in which data flows. */
public final class Wiring {

  /** The kinds of plug-ins that are built in. */
  public static final Kinds KINDS =
      new Kinds(
          List.of(
              new StaticSourceType(),
              new FileSourceType(),
              new HttpSourceType(),
              new ExecSourceType(),
              new DnsSourceType(),
              new SerfSourceType(),
              new SupervisorSourceType(),
              new DockerSourceType(),
              new KeyValueSourceType<>(new EtcdStoreType()),
              new KeyValueSourceType<>(new Etcd2StoreType()),
              new ConsulSourceType(),
              new AwsAsgSourceType(),
              new KeyValueSourceType<>(new ConsulStoreType()),
              new KeyValueSourceType<>(new RedisStoreType()),
              new KeyValueSourceType<>(new ZookeeperStoreType()),
              new KeyValueSourceType<>(new FilesStoreType()),
              new KeyValueSourceType<>(new EnvironmentStoreType())),
          List.of(HttpProbeType.http(), HttpProbeType.https(), new TcpProbeType()),
          List.of(new NginxType(), new HaproxyDriverType()));

  private final Time time = Time.SYSTEM;
  private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
  private final Meters meters = new Meters();
  private final StoreWatch storeWatch = new StoreWatch(meters, time);
  private final OnDeath restart = new OnDeath.Restart(random);
  private final Start.Files files;
  private final Hands hands;
  private final BiConsumer<String, Throwable> onDeath;

  /**
   * @param hands whether proxies may be touched
   * @param onDeath told when a task has died that Weir is nothing without
   */
  Wiring(Start.Files files, Hands hands, BiConsumer<String, Throwable> onDeath) {
    this.files = files;
    this.hands = hands;
    this.onDeath = onDeath;
  }

  /**
   * Opens the store.
   *
   * @throws SetupException when another Weir holds the folder, or it cannot be used
   * @throws StoreException when the database is damaged or of a newer schema
   */
  SqliteStore open(Path state) throws SetupException, StoreException {
    SqliteStore store =
        SqliteStore.open(new SqliteStore.Settings(state, Retention.DEFAULT, time, storeWatch));
    storeWatch.sizeOf(store);
    return store;
  }

  /**
   * Wires a Weir; nothing of it runs yet.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  Weir wire(Start start, SqliteStore store) throws StoreException {
    TaskGroup vital = new TaskGroup("weir", new OnDeath.Report(onDeath), time);
    TaskGroup others = new TaskGroup("helpers", restart, time);
    Runner runner = Runner.onThreads(others, time);
    Journal journal = Journal.open(store.events(), time);

    Ledger ledger =
        journal.afterKill()
            ? Ledger.openAfterKill(store.revisions())
            : Ledger.open(store.revisions());
    Pauses pauses = Pauses.open(store.pauses(), time, journal::record);

    Mailbox mailbox = new Mailbox(time);
    PoolSets sets = PoolSets.open(start.config().sets(), store.poolSets(), time, journal::record);
    RunningChecks checks = new RunningChecks(time);
    Prober prober =
        new Prober(
            new Prober.Means(
                time,
                random,
                runner,
                new TcpProbeType().open(new TcpOptions(Optional.empty()), time),
                journal::record),
            mailbox);
    Keeper keeper =
        Keeper.open(
            new Seams(
                mailbox,
                time,
                prober,
                journal::record,
                new Seams.Stores(store.overrides(), store.catalog()),
                HostLookup.SYSTEM,
                runner),
            start.config().with(sets.pools()).pools().stream()
                .map(PoolConfig::definition)
                .toList());
    Path state = start.config().state();
    HandsOff handsOff = new HandsOff(pauses, new PausedFile(files.main()), journal, time);
    RunningProxies proxies =
        new RunningProxies((proxy, past) ->
            open(proxy, past, new Setting(keeper, journal, state, new Hand(ledger, handsOff))));
    RunningSources sources =
        new RunningSources(
            name ->
                new CountedSink(name, meters, mailbox.sink(name, took -> meters.taken(name, took))),
            pool -> drains(pool, keeper, proxies),
            time);
    ProxyChecks proxyChecks =
        new ProxyChecks(
            new ProxyChecks.Means(time, runner, keeper::inputs, pool -> carriers(proxies, pool)),
            mailbox);
    return new Weir(
        new Weir.Parts(
            time,
            new Weir.State(
                store,
                storeWatch,
                handsOff,
                ledger,
                Tokens.open(store.tokens(), time),
                Jobs.open(store.jobs(), time)),
            journal,
            keeper,
            prober,
            proxyChecks,
            checks,
            sources,
            sets,
            proxies,
            vital,
            others),
        files,
        start);
  }

  private Optional<Drains> drains(PoolId pool, Keeper keeper, RunningProxies proxies) {
    return switch (hands) {
      case ON -> Optional.of(new PoolDrains(pool, keeper::inputs, proxies));
      case OFF -> Optional.empty();
    };
  }

  private static List<ProxyChecks.Proxy> carriers(RunningProxies proxies, PoolId pool) {
    return proxies.all().stream()
        .filter(proxy -> proxy.proxy().pools().contains(pool))
        .<ProxyChecks.Proxy>map(proxy -> proxy::rows)
        .toList();
  }

  /** What all proxies have in common. */
  private record Setting(Keeper keeper, Journal journal, Path state, Hand hand) {}

  /** What is done to proxies: where it is written down, and who may stop it. */
  private record Hand(Ledger ledger, HandsOff handsOff) {}

  private RunningProxy open(ProxyConfig<?, ?> proxy, RunningProxies.Past past, Setting setting)
      throws SetupException {
    Path own = setting.state().resolve("proxies").resolve(proxy.name().value());
    RunningProxy.Opener opener = config -> config.open(own, time, access(mode(config)));
    ProxyDriver driver = opener.open(proxy);
    Latest<Inputs> inbox = new Latest<>(time);
    Proxy told =
        new Proxy(
            proxy.name(),
            proxy.type().name(),
            proxy.poolIds(),
            mode(proxy),
            proxy.care().reloads(),
            proxy.care().drift(),
            setting.hand().ledger(),
            past.meters());
    Reconciler reconciler =
        new Reconciler(
            told,
            new Reconciler.Means(
                time,
                random,
                new Resolver(setting.keeper().resolutions())::resolve,
                setting.journal()::record,
                setting.hand().handsOff(),
                new ExternalDecisions(setting.keeper(), setting.hand().handsOff().pauses(), time)),
            inbox,
            driver);
    return new RunningProxy(
        proxy,
        new RunningProxy.Loop(
            told, reconciler, new TaskGroup("proxy " + proxy.name(), restart, time)),
        new RunningProxy.Subscription(setting.keeper(), inbox),
        opener);
  }

  /**
   * Offers the API of a running Weir.
   *
   * @throws SetupException when a place to listen at is taken or cannot be used
   */
  ApiServer serve(Weir weir) throws SetupException {
    Routes routes = new Routes(new WeirView(weir), weir.parts().keeper()::submit, meters);
    ApiServer server = ApiServer.open(offers(weir.config()), routes, Limits.DEFAULT);
    var _ = weir.parts().others().start("jobs", routes::workOff);
    return server;
  }

  /** Where the API of a configuration is offered. */
  static List<Offer> offers(WeirConfig config) {
    return config.api().stream().map(Wiring::offer).toList();
  }

  private static Offer offer(Listen listen) {
    return new Offer(
        listen.endpoint(), listen.tls().map(tls -> new Offer.Tls(tls.files(), tls.roles())));
  }

  private static ProxyDriverType.Access access(Mode mode) {
    return switch (mode) {
      case FULL -> ProxyDriverType.Access.OWN;
      case STATE -> ProxyDriverType.Access.STATES;
      case OBSERVE -> ProxyDriverType.Access.LOOK;
      case DRY_RUN -> ProxyDriverType.Access.LOOK;
    };
  }

  private Mode mode(ProxyConfig<?, ?> proxy) {
    return switch (hands) {
      case ON -> proxy.mode();
      case OFF -> Mode.DRY_RUN;
    };
  }
}
