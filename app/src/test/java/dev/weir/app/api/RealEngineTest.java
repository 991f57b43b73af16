package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.app.json.JsonObject;
import dev.weir.app.run.ExternalDecisions;
import dev.weir.engine.health.Prober;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.keeper.HostLookup;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Mailbox;
import dev.weir.engine.keeper.Seams;
import dev.weir.engine.reconcile.Drift;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ReconcileMeters;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.reconcile.ReloadLimits;
import dev.weir.engine.resolve.Resolver;
import dev.weir.engine.run.Latest;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.Runner;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.probe.tcp.TcpOptions;
import dev.weir.probe.tcp.TcpProbeType;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Time;
import dev.weir.testkit.fake.FakeProxy;
import dev.weir.testkit.fake.FakeProxyDriver;
import dev.weir.testkit.fake.FakeStore;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions through the API reach a proxy by the engine itself, and the answers are true. */
class RealEngineTest {

  private static final PoolId WEB = new PoolId("web");
  private static final SourceName SOURCE = SourceName.of(WEB, "static");
  private static final Time TIME = Time.SYSTEM;

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final TaskGroup tasks = new TaskGroup("engine", new OnDeath.Report((t, e) -> {}), TIME);
  private final FakeProxy proxy = new FakeProxy();
  private final Mailbox mailbox = new Mailbox(TIME);
  private final Latest<Inputs> inbox = new Latest<>(TIME);
  private Endpoint.Ip loopback;
  private Endpoint.UnixSocket unix;
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    FakeStore store = new FakeStore();
    Runner runner = Runner.onThreads(tasks, TIME);
    Journal journal = Journal.open(store, TIME);
    Pauses pauses = Pauses.open(store, TIME, journal::record);
    Prober prober =
        new Prober(
            new Prober.Means(
                TIME,
                new SplittableRandom(1),
                runner,
                new TcpProbeType().open(new TcpOptions(Optional.empty()), TIME),
                journal::record),
            mailbox);
    PoolDefinition pool =
        new PoolDefinition(
            WEB, PoolPolicy.DEFAULT, List.of(new PoolDefinition.SourceBinding(SOURCE, true)));
    Keeper keeper =
        Keeper.open(
            new Seams(
                mailbox,
                TIME,
                prober,
                journal::record,
                new Seams.Stores(store, store),
                HostLookup.SYSTEM,
                runner),
            List.of(pool));
    Proxy told =
        new Proxy(
            new ProxyName("edge"),
            "fake",
            List.of(WEB),
            Mode.FULL,
            ReloadLimits.DEFAULT,
            Drift.RESPECT,
            Ledger.inMemory(),
            new ReconcileMeters());
    Reconciler reconciler =
        new Reconciler(
            told,
            new Reconciler.Means(
                TIME,
                new SplittableRandom(2),
                new Resolver()::resolve,
                journal::record,
                pauses,
                new ExternalDecisions(keeper, pauses, TIME)),
            inbox,
            new FakeProxyDriver(proxy, FakeProxyDriver.Updates.LIVE, TIME, Checkpoints.NONE));
    proxy.write("");
    proxy.start();
    keeper.subscribe(inbox);
    var _ = tasks.start("keeper", keeper::run);
    var _ = tasks.start("edge", reconciler::run);
    mailbox.sink(SOURCE).report(SourceReport.Complete.of(List.of(member(1), member(2))));
    View view =
        new EngineView(
            keeper,
            journal,
            prober,
            new ReconcilerView(told, reconciler),
            pauses,
            told.ledger(),
            Tokens.open(store, TIME),
            Jobs.open(store, TIME));
    unix = new Endpoint.UnixSocket(folder.resolve("api.sock").toString());
    loopback = new Endpoint.Ip(InetAddress.ofLiteral("127.0.0.1"), FreePorts.one());
    Routes routes = new Routes(view, keeper::submit, new Meters());
    var _ = tasks.start("jobs", routes::workOff);
    server =
        ApiServer.open(List.of(Offer.plain(unix), Offer.plain(loopback)), routes, Limits.DEFAULT);
    await().until(() -> proxy.states(WEB).size() == 2);
  }

  @AfterEach
  void stop() {
    server.close();
    tasks.close();
  }

  private static Member member(int number) {
    Address address = Address.parse("127.0.0.1:" + (9000 + number));
    return Member.of(new MemberId(WEB, address), SOURCE).withName("web" + number);
  }

  @Test
  void a_decision_that_is_confirmed_is_in_the_proxy() throws Exception {
    RawHttp.Reply reply =
        RawHttp.write(
            unix, "PATCH", "/v1/pools/web/members/web1?wait=10s", "{\"state\":\"maint\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().isTrue("confirmed")).isTrue();
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.MAINT);
    assertThat(RawHttp.send(loopback, "GET", "/v1/pools/web/members/web1").json().text("state"))
        .contains("maint");
    RawHttp.Reply back =
        RawHttp.write(
            unix, "PATCH", "/v1/pools/web/members/web1?wait=10s", "{\"state\":\"ready\"}");
    assertThat(back.json().isTrue("confirmed")).isTrue();
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.READY);
  }

  @Test
  void members_come_and_go_by_decision_and_the_journal_names_who() throws Exception {
    RawHttp.Reply added =
        RawHttp.write(
            unix,
            "POST",
            "/v1/pools/web/members?wait=10s",
            "{\"address\":\"127.0.0.1:9003\",\"name\":\"extra\"}");
    assertThat(added.json().isTrue("confirmed")).isTrue();
    assertThat(proxy.states(WEB)).containsKey("extra");
    RawHttp.Reply removed =
        RawHttp.send(unix, "DELETE", "/v1/pools/web/members/web2?wait=10s&reason=old");
    assertThat(removed.status()).isEqualTo(200);
    assertThat(RawHttp.send(loopback, "GET", "/v1/events?pool=web").json().objects("items"))
        .anyMatch(event ->
            event.text("request_id").equals(Optional.of(removed.header("X-Request-Id")))
                && event.text("before").equals(Optional.of("none"))
                && event.text("after").equals(Optional.of("remove"))
                && event.text("reason").equals(Optional.of("old")));
    assertThat(proxy.states(WEB)).doesNotContainEntry("web2", ServerState.READY);
    assertThat(RawHttp.send(loopback, "GET", "/v1/events?pool=web").json().objects("items"))
        .filteredOn(event -> event.text("event").filter("override.set"::equals).isPresent())
        .allMatch(
            event -> event.text("by").filter(System.getProperty("user.name")::equals).isPresent())
        .hasSize(2);
  }

  @Test
  void all_is_ready_and_exported() throws Exception {
    await()
        .untilAsserted(
            () -> assertThat(RawHttp.send(loopback, "GET", "/readyz").status()).isEqualTo(200));
    assertThat(RawHttp.send(loopback, "GET", "/livez").status()).isEqualTo(200);
    assertThat(RawHttp.send(loopback, "GET", "/metrics").body())
        .contains("weir_proxy_in_sync{proxy=\"edge\"} 1.0")
        .contains("weir_pool_members{pool=\"web\",state=\"ready\"} 2.0");
    assertThat(RawHttp.send(loopback, "GET", "/v1/explain/web/web1").json().text("state"))
        .contains("ready");
  }

  @Test
  void a_sync_repairs_what_somebody_else_has_changed() throws Exception {
    assertThat(proxy.command("del web web1")).isEmpty();
    assertThat(proxy.states(WEB)).doesNotContainKey("web1");
    RawHttp.Reply reply = RawHttp.write(unix, "POST", "/v1/proxies/edge/sync?wait=10s", "");
    assertThat(reply.json().isTrue("in_sync")).isTrue();
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.READY);
  }

  @Test
  void a_job_reloads_every_proxy_and_tells_what_became_of_it() throws Exception {
    RawHttp.Reply taken =
        RawHttp.write(
            unix, "POST", "/v1/jobs", "{\"action\":\"reload\",\"reason\":\"certificates\"}");
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.json().text("status")).contains("in-queue");
    assertThat(taken.json().texts("pools")).containsExactly("web");
    String where = "/v1/jobs/" + taken.json().text("id").orElseThrow();

    JsonObject job = RawHttp.send(loopback, "GET", where + "?wait=20s").json();
    assertThat(job.text("status")).as(job.toString()).contains("finished");
    JsonObject result = job.object("result").orElseThrow();
    assertThat(result.objects("items").getFirst().isTrue("confirmed")).isTrue();
    assertThat(RawHttp.send(loopback, "GET", "/metrics").body())
        .containsPattern(
            "weir_reloads_total\\{proxy=\"edge\",reason=\"asked for by .*certificates");
  }

  @Test
  void a_job_drains_in_the_name_of_who_wanted_it() throws Exception {
    RawHttp.Reply taken =
        RawHttp.write(
            unix,
            "POST",
            "/v1/jobs",
            "{\"action\":\"drain\",\"pool\":\"web\",\"members\":[\"web1\"]}");
    String id = taken.json().text("id").orElseThrow();
    JsonObject job = RawHttp.send(loopback, "GET", "/v1/jobs/" + id + "?wait=20s").json();
    assertThat(job.text("status")).as(job.toString()).contains("finished");
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.DRAIN);
    assertThat(overrides().getFirst().text("by")).isEqualTo(taken.json().text("by"));
    assertThat(RawHttp.send(loopback, "GET", "/v1/events").body()).contains("job-" + id);
  }

  @Test
  void a_job_that_is_refused_says_why_and_what_cannot_be_right_is_refused_at_once()
      throws Exception {
    var _ = RawHttp.write(unix, "POST", "/v1/pauses", "{\"proxies\":[\"edge\"]}");
    String id =
        RawHttp.write(unix, "POST", "/v1/jobs", "{\"action\":\"reload\"}")
            .json()
            .text("id")
            .orElseThrow();
    JsonObject job = RawHttp.send(loopback, "GET", "/v1/jobs/" + id + "?wait=20s").json();
    assertThat(job.text("status")).contains("failed");
    assertThat(job.object("error").orElseThrow().text("detail").orElse("")).contains("paused by");

    for (String body :
        List.of(
            "{\"action\":\"drain\"}",
            "{\"action\":\"rollback\",\"members\":[\"web1\"]}",
            "{\"action\":\"reload\",\"timeout_seconds\":0}",
            "{\"action\":\"reload\",\"timeout_seconds\":86401}")) {
      assertThat(RawHttp.write(unix, "POST", "/v1/jobs", body).status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void what_somebody_decides_at_the_proxy_is_a_decision_until_it_is_taken_back_there()
      throws Exception {
    assertThat(proxy.command("set web web1 127.0.0.1:9001 drain 1 -")).isEmpty();
    var _ = RawHttp.write(unix, "POST", "/v1/proxies/edge/sync?wait=10s", "");
    await()
        .untilAsserted(() -> {
          JsonObject override = overrides().getFirst();
          assertThat(override.text("by")).contains("external@edge");
          assertThat(override.text("action")).contains("drain");
        });
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.DRAIN);
    await().until(() -> RawHttp.send(loopback, "GET", "/v1/proxies/edge").json().isTrue("in_sync"));
    assertThat(RawHttp.send(loopback, "GET", "/v1/explain/web/web1").body())
        .contains("external@edge");

    assertThat(proxy.command("set web web1 127.0.0.1:9001 ready 1 -")).isEmpty();
    var _ = RawHttp.write(unix, "POST", "/v1/proxies/edge/sync?wait=10s", "");
    await().until(() -> overrides().isEmpty());
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.READY);
  }

  @Test
  void traffic_that_somebody_gives_at_the_proxy_is_taken_back() throws Exception {
    RawHttp.Reply drained =
        RawHttp.write(
            unix, "PATCH", "/v1/pools/web/members/web1?wait=10s", "{\"state\":\"drain\"}");
    assertThat(drained.json().isTrue("confirmed")).isTrue();
    assertThat(proxy.command("set web web1 127.0.0.1:9001 ready 1 -")).isEmpty();
    RawHttp.Reply reply = RawHttp.write(unix, "POST", "/v1/proxies/edge/sync?wait=10s", "");
    assertThat(reply.json().isTrue("in_sync")).isTrue();
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.DRAIN);
    assertThat(overrides().getFirst().text("by")).isNotEqualTo(Optional.of("external@edge"));
  }

  @Test
  void who_changes_the_proxy_again_and_again_gets_it_until_somebody_resumes() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(proxy.command("del web web1")).isEmpty();
      var _ = RawHttp.write(unix, "POST", "/v1/proxies/edge/sync?wait=10s", "");
    }
    assertThat(proxy.states(WEB)).doesNotContainKey("web1");
    assertThat(RawHttp.send(loopback, "GET", "/v1/events").body()).contains("proxy.contested");
    assertThat(RawHttp.send(loopback, "GET", "/v1/proxies/edge").json().text("paused").orElse(""))
        .contains("changed by somebody else 3 times within 10m");
    assertThat(RawHttp.send(loopback, "GET", "/metrics").body())
        .contains("weir_proxy_contested{proxy=\"edge\"} 1.0");

    assertThat(RawHttp.send(unix, "DELETE", "/v1/pauses/edge").json().isTrue("resumed")).isTrue();
    await().until(() -> proxy.states(WEB).containsKey("web1"));
  }

  private List<JsonObject> overrides() throws Exception {
    return RawHttp.send(loopback, "GET", "/v1/overrides?pool=web").json().objects("items");
  }

  @Test
  void a_paused_proxy_is_looked_at_and_not_touched_until_it_is_resumed() throws Exception {
    RawHttp.Reply paused =
        RawHttp.write(unix, "POST", "/v1/pauses", "{\"proxies\":[\"edge\"],\"reason\":\"x\"}");
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.json().texts("applying")).isEmpty();
    int before = proxy.commands();
    RawHttp.Reply late =
        RawHttp.write(
            unix, "PATCH", "/v1/pools/web/members/web1?wait=500ms", "{\"state\":\"maint\"}");
    assertThat(late.json().texts("waiting_for")).containsExactly("edge");
    assertThat(proxy.commands()).isEqualTo(before);
    assertThat(proxy.states(WEB)).containsEntry("web1", ServerState.READY);
    assertThat(RawHttp.send(loopback, "GET", "/v1/proxies/edge").json().text("paused").orElse(""))
        .endsWith(": x");
    assertThat(RawHttp.send(loopback, "GET", "/v1/proxies/edge/plan").body()).contains("web1");
    assertThat(RawHttp.send(loopback, "GET", "/metrics").body())
        .contains("weir_proxy_paused{proxy=\"edge\"} 1.0");

    assertThat(RawHttp.send(unix, "DELETE", "/v1/pauses/edge").json().isTrue("resumed")).isTrue();
    await().until(() -> proxy.states(WEB).get("web1") == ServerState.MAINT);
    assertThat(RawHttp.send(loopback, "GET", "/v1/events").body())
        .contains("proxy.paused", "would.apply", "proxy.resumed");
  }

  @Test
  void a_rollback_brings_the_bytes_back_and_pins_the_proxy_until_it_is_resumed() throws Exception {
    JsonObject newest = RawHttp.send(loopback, "GET", "/v1/revisions").json();
    long both = newest.objects("items").getFirst().number("number").orElseThrow();
    String before = proxy.file().orElseThrow();
    RawHttp.Reply removed = RawHttp.send(unix, "DELETE", "/v1/pools/web/members/web2?wait=10s");
    assertThat(removed.status()).isEqualTo(200);
    assertThat(proxy.states(WEB)).doesNotContainEntry("web2", ServerState.READY);

    RawHttp.Reply reply =
        RawHttp.write(
            unix,
            "POST",
            "/v1/revisions/%d/rollback?wait=10s".formatted(both),
            "{\"reason\":\"it was better\"}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().isTrue("confirmed")).isTrue();
    assertThat(proxy.states(WEB)).containsEntry("web2", ServerState.READY);
    assertThat(proxy.file()).contains(before);
    JsonObject status = RawHttp.send(loopback, "GET", "/v1/proxies/edge").json();
    assertThat(status.number("pinned")).hasValue(both);
    assertThat(status.text("paused").orElse(""))
        .startsWith("pinned to revision " + both)
        .endsWith(": it was better");
    await()
        .untilAsserted(() ->
            assertThat(RawHttp.send(loopback, "GET", "/v1/proxies/edge/plan").body())
                .contains("web2", "pinned to revision"));
    assertThat(RawHttp.send(loopback, "GET", "/metrics").body())
        .contains("weir_rollbacks_total{cause=\"operator\",proxy=\"edge\"} 1.0");

    assertThat(RawHttp.send(unix, "DELETE", "/v1/pauses/edge").json().isTrue("resumed")).isTrue();
    await().until(() -> proxy.states(WEB).get("web2") != ServerState.READY);
  }

  @Test
  void a_rollback_that_the_proxy_refuses_is_refused_and_pins_nothing() throws Exception {
    JsonObject newest = RawHttp.send(loopback, "GET", "/v1/revisions").json();
    long both = newest.objects("items").getFirst().number("number").orElseThrow();
    assertThat(RawHttp.send(unix, "DELETE", "/v1/pools/web/members/web2?wait=10s").status())
        .isEqualTo(200);
    var _ = proxy.ownConfigurationBroken(FakeProxy.Switch.ON);

    RawHttp.Reply reply =
        RawHttp.write(unix, "POST", "/v1/revisions/%d/rollback?wait=10s".formatted(both), "{}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(409);
    assertThat(reply.json().text("detail").orElse("")).contains("edge does not take it");
    assertThat(proxy.states(WEB)).doesNotContainEntry("web2", ServerState.READY);
    assertThat(RawHttp.send(loopback, "GET", "/v1/pauses").json().objects("items")).isEmpty();
  }

  @Test
  void a_rollback_that_the_proxy_refuses_leaves_the_pause_before_it() throws Exception {
    JsonObject newest = RawHttp.send(loopback, "GET", "/v1/revisions").json();
    long both = newest.objects("items").getFirst().number("number").orElseThrow();
    assertThat(RawHttp.send(unix, "DELETE", "/v1/pools/web/members/web2?wait=10s").status())
        .isEqualTo(200);
    String pause = "{\"proxies\":[\"edge\"],\"reason\":\"bad data\"}";
    assertThat(RawHttp.write(unix, "POST", "/v1/pauses", pause).status()).isEqualTo(200);
    List<JsonObject> before = pauses();
    var _ = proxy.ownConfigurationBroken(FakeProxy.Switch.ON);

    RawHttp.Reply reply =
        RawHttp.write(unix, "POST", "/v1/revisions/%d/rollback?wait=10s".formatted(both), "{}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(409);
    assertThat(pauses()).isEqualTo(before).hasSize(1);
  }

  private List<JsonObject> pauses() throws IOException {
    return RawHttp.send(loopback, "GET", "/v1/pauses").json().objects("items");
  }

  @Test
  void a_rollback_that_the_proxy_refuses_leaves_the_pin_before_it() throws Exception {
    JsonObject newest = RawHttp.send(loopback, "GET", "/v1/revisions").json();
    long both = newest.objects("items").getFirst().number("number").orElseThrow();
    assertThat(RawHttp.send(unix, "DELETE", "/v1/pools/web/members/web2?wait=10s").status())
        .isEqualTo(200);
    String rollback = "/v1/revisions/%d/rollback?wait=10s";
    RawHttp.Reply there = RawHttp.write(unix, "POST", rollback.formatted(both + 1), "{}");
    assertThat(there.status()).as(there.body()).isEqualTo(200);
    List<JsonObject> before = pauses();
    var _ = proxy.ownConfigurationBroken(FakeProxy.Switch.ON);

    RawHttp.Reply reply = RawHttp.write(unix, "POST", rollback.formatted(both), "{}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(409);
    assertThat(pauses()).isEqualTo(before).hasSize(1);
    assertThat(before.getFirst().number("revision")).hasValue(both + 1);
  }

  @Test
  void every_state_that_was_applied_is_a_revision_with_its_files() throws Exception {
    RawHttp.Reply first = RawHttp.send(loopback, "GET", "/v1/revisions");
    long before = first.json().objects("items").getFirst().number("number").orElseThrow();
    RawHttp.Reply drained =
        RawHttp.write(
            unix, "PATCH", "/v1/pools/web/members/web1?wait=10s", "{\"state\":\"drain\"}");
    assertThat(drained.json().isTrue("confirmed")).isTrue();

    JsonObject newest =
        RawHttp.send(loopback, "GET", "/v1/revisions?proxy=edge&limit=1")
            .json()
            .objects("items")
            .getFirst();
    assertThat(newest.number("number")).hasValue(before + 1);
    assertThat(newest.objects("changes").getFirst().text("member")).contains("web1");
    JsonObject whole = RawHttp.send(unix, "GET", "/v1/revisions/" + (before + 1)).json();
    assertThat(whole.objects("files").getFirst().text("text").orElse("")).contains("web1");
    JsonObject diff =
        RawHttp.send(unix, "GET", "/v1/revisions/%d/diff".formatted(before + 1)).json();
    assertThat(diff.number("from")).hasValue(before);
    assertThat(diff.objects("diffs").getFirst().text("diff").orElse("")).contains("web1");
    assertThat(RawHttp.send(unix, "GET", "/v1/revisions/99999").status()).isEqualTo(404);
  }
}
