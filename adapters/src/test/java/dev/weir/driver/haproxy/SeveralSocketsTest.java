package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import dev.weir.spi.Checkpoints;
import dev.weir.testkit.contract.ProxyRig.Held;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real masters with the same file of Weir's, kept in step as one proxy. */
@RequiresServer(Server.HAPROXY)
class SeveralSocketsTest {

  private RealHaproxy one;
  private RealHaproxy two;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    one = new RealHaproxy(Site.AS);
    two = one.twin();
    site = new Site(one, "agent-send {label:zone}");
    site.converge(site.ready(0, 1));
    two.start();
    site.start(site.ready(0, 1));
  }

  @AfterEach
  void stop() throws Exception {
    site.close();
    two.close();
  }

  @Test
  void everyChangeGoesToBothAndIsReadBackFromBoth() throws Exception {
    long before = two.worker();
    assertThat(site.applyOnce(site.ready(0, 1, 2))).isInstanceOf(Outcome.Applied.class);
    assertBoth("b2", ServerState.READY, 1);
    DesiredState changed =
        Wanted.state(
            Wanted.pool(Site.WEB)
                .ready("b0", site.at(0), 7)
                .drain("b1", site.at(1))
                .ready("b2", site.at(2)));
    assertThat(site.applyOnce(changed)).isInstanceOf(Outcome.Applied.class);
    assertBoth("b0", ServerState.READY, 7);
    assertThat(two.row(Site.AS, "b1").orElseThrow().state()).isEqualTo(ServerState.DRAIN);
    site.converge(site.ready(1));
    site.upkeep(40);
    assertThat(two.row(Site.AS, "b0")).isEmpty();
    assertThat(one.row(Site.AS, "b0")).isEmpty();
    assertThat(two.worker()).isEqualTo(before);
  }

  @Test
  void whatDiffersInOneIsSeenAndRepairedInOneGo() throws Exception {
    assertThat(two.say("disable server be_web/b0")).isEmpty();
    assertThat(two.say("set server be_web/b1 weight 9")).isEmpty();
    Plan plan = site.plan(site.ready(0, 1));
    assertThat(plan).isInstanceOf(Plan.Live.class);
    assertThat(plan.changes())
        .extracting(change -> change.before())
        .containsOnly("not the same everywhere");
    assertThat(site.driver.apply(plan)).isInstanceOf(Outcome.Applied.class);
    assertBoth("b0", ServerState.READY, 1);
    assertBoth("b1", ServerState.READY, 1);
    assertThat(site.plan(site.ready(0, 1))).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void aServerThatOneHasLostOrHasMoreIsPutRight() throws Exception {
    assertThat(two.say("disable server be_web/b0")).isEmpty();
    assertThat(two.say("del server be_web/b0")).isEqualTo("Server deleted.");
    assertThat(one.say("add server be_web/stray 127.0.0.1:9 enabled"))
        .isEqualTo("New server registered.");
    site.converge(site.ready(0, 1));
    site.upkeep(10);
    assertBoth("b0", ServerState.READY, 1);
    assertThat(one.row(Site.AS, "stray")).isEmpty();
  }

  @Test
  void bothAreReloadedAndBothHaveToConfirm() throws Exception {
    long first = one.worker();
    long second = two.worker();
    site.converge(relabelled("b"));
    assertThat(one.worker()).isNotEqualTo(first);
    assertThat(two.worker()).isNotEqualTo(second);
    assertThat(site.plan(relabelled("b"))).isInstanceOf(Plan.InSync.class);

    second = two.worker();
    two.process().kill(); // its worker dies with it: nobody listens there
    await().until(ended(second));
    site.converge(relabelled("c"));
    assertThat(site.driver.putOff()).contains("nobody listens on " + two.socket);
    two.start();
    site.converge(relabelled("c"));
    assertThat(two.row(Site.AS, "b0")).isPresent();
    assertThat(site.driver.putOff()).isEmpty();
  }

  /** Each further reload would leave another old worker behind. */
  @Test
  void whoHasLoadedItIsNotReloadedAgainForOneThatRefuses() throws Exception {
    String good = Files.readString(two.config);
    Files.writeString(two.config, good + "backend broken\n  mistake on\n");
    Outcome half = site.applyOnce(relabelled("b"));
    long loaded = one.worker();
    assertThat(Site.failed(half).reason())
        .endsWith("; HAProxy [%d] runs the new text, the file is the former one".formatted(loaded));
    long refuses = two.worker();
    assertThat(site.applyOnce(relabelled("b"))).isInstanceOf(Outcome.Failed.class);
    assertThat(one.worker()).isEqualTo(loaded);
    assertThat(two.worker()).isEqualTo(refuses);
    Files.writeString(two.config, good);
    site.converge(relabelled("b"));
    assertThat(one.worker()).isEqualTo(loaded);
    assertThat(two.worker()).isNotEqualTo(refuses);
    site.converge(relabelled("c"));
    assertThat(one.worker()).isNotEqualTo(loaded);
  }

  /** The epoch is that of Weir's text only. */
  @Test
  void whatTheUserHasMendedMeanwhileIsLoadedByAll() throws Exception {
    String good = Files.readString(two.config);
    Files.writeString(two.config, good + "backend broken\n  mistake on\n");
    assertThat(site.applyOnce(relabelled("b"))).isInstanceOf(Outcome.Failed.class);
    long loaded = one.worker();
    Files.writeString(two.config, good);
    Files.writeString(one.config, Files.readString(one.config) + "\nbackend theirs\n");
    site.converge(relabelled("b"));
    assertThat(one.worker()).isNotEqualTo(loaded);
  }

  @Test
  void oneThatHasLostItsSocketIsNotForgotten() throws Exception {
    long lost = two.worker();
    Files.delete(two.socket);
    assertThat(site.observe().condition())
        .isInstanceOfSatisfying(
            Condition.Unreachable.class,
            silent ->
                assertThat(silent.reason())
                    .startsWith("HAProxy %d runs, but %s does not".formatted(lost, two.socket)));
    two.process().kill();
    await().until(ended(lost));
    assertThat(site.observe().condition()).isInstanceOf(Condition.Running.class);
    assertThat(site.driver.putOff()).contains(two.socket + " does not exist");
  }

  @Test
  void aSocketThatCannotBeLookedForIsNotOneWhereNobodyIs() throws Exception {
    Path loop = two.folder.resolve("loop");
    Path socket = Files.createSymbolicLink(loop, loop).resolve("socket");
    Talk talk =
        new Talk(
            List.of(one.admin(), new Endpoint.UnixSocket(socket.toString())),
            "WEIR_T",
            Checkpoints.NONE);
    assertThatThrownBy(() -> talk.look(List.of()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Talk.NobodyThere.class)
        .hasMessageStartingWith(socket + " cannot be looked for");
  }

  private static Callable<Boolean> ended(long pid) {
    return () -> ProcessHandle.of(pid).isEmpty();
  }

  @Test
  void oldWorkersOfAllMastersCount() throws Exception {
    assertThat(site.driver.oldProcesses()).isZero();
    try (Held first = site.client().hold();
        Held second = new BackendClient(site.backends, two.port(0)).hold()) {
      one.reload();
      two.reload();
      assertThat(site.driver.oldProcesses()).isEqualTo(2);
      assertThat(first.finish().status()).isEqualTo(200);
      assertThat(second.finish().status()).isEqualTo(200);
    }
    await().atMost(Duration.ofSeconds(15)).until(() -> site.driver.oldProcesses() == 0);
  }

  @Test
  void withNobodyAnywhereItDoesNotRun() throws Exception {
    one.stop();
    two.stop();
    assertThat(site.observe().condition()).isInstanceOf(Condition.NotRunning.class);
  }

  private DesiredState relabelled(String zone) {
    return Wanted.state(
        Wanted.pool(Site.WEB).labelled("b0", site.at(0), new TreeMap<>(Map.of("zone", zone))));
  }

  private void assertBoth(String server, ServerState state, int weight) throws Exception {
    for (RealHaproxy haproxy : List.of(one, two)) {
      assertThat(haproxy.row(Site.AS, server))
          .hasValueSatisfying(row -> {
            assertThat(row.state()).isEqualTo(state);
            assertThat(row.weight()).isEqualTo(weight);
          });
    }
  }

  @Test
  void ofSeveralAnswersARefusalCountsUnlessItOnlySaysThatItIsDone() {
    Step add = new Step("add server b/s 127.0.0.1:9", "add", Expected.CONFIRMATION);
    String done = "New server registered.";
    String there = "Already exists a server with the same name in backend.";
    assertThat(Agreement.of(add, List.of(there, done))).isEqualTo(done);
    assertThat(Agreement.of(add, List.of(there, there))).isEqualTo(there);
    assertThat(Agreement.of(add, List.of(done, "No such backend."))).isEqualTo("No such backend.");
    Step del = new Step("del server b/s", "remove", Expected.CONFIRMATION);
    String busy = "Server still has connections attached to it, cannot remove it.";
    assertThat(Agreement.of(del, List.of("No such server.", busy, "Server deleted.")))
        .isEqualTo(busy);
    Step state = new Step("set server b/s state ready", "ready", Expected.SILENCE);
    assertThat(Agreement.of(state, List.of("", "No such server."))).isEqualTo("No such server.");
  }
}
