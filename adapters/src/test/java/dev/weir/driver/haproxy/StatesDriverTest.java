package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HAProxy whose configuration is somebody else's, and whose servers are turned. */
@RequiresServer(Server.HAPROXY)
class StatesDriverTest {

  private static final PoolId WEB = new PoolId("web");
  private static final String SECTION =
      """
      backend be_web
        balance roundrobin
        server first 127.0.0.1:9001 weight 10
        server second 127.0.0.1:9002
        server third 127.0.0.1:9003 disabled
        server sorry 127.0.0.1:9099 backup
      """;

  private RealHaproxy haproxy;
  private ProxyDriver driver;

  @BeforeEach
  void start() throws Exception {
    haproxy = new RealHaproxy("be_web").edited(SECTION);
    haproxy.start();
    driver =
        new HaproxyDriverType()
            .open(
                haproxy.options(),
                new Context<>(
                    new ProxyName("inner"),
                    List.of(new Carried<>(WEB, "be_web", HaproxySurroundings.NONE)),
                    haproxy.folder,
                    Time.SYSTEM,
                    Checkpoints.NONE,
                    Access.STATES));
  }

  @AfterEach
  void stop() throws Exception {
    driver.close();
    haproxy.close();
  }

  private static Endpoint at(int port) {
    return (Endpoint) Address.parse("127.0.0.1:" + port);
  }

  private static DesiredState state(DesiredPool pool) {
    return DesiredState.of(1, List.of(pool));
  }

  private Plan plan(DesiredState desired) throws InterruptedException {
    return driver.plan(desired, driver.observe(Set.of(WEB)));
  }

  private ServerState is(String server) throws Exception {
    return haproxy.row("be_web", server).orElseThrow().state();
  }

  @Test
  void turnsTheServersAtTheAddressesOfMembersAndTouchesNothingElse() throws Exception {
    String before = Files.readString(haproxy.config);
    long worker = haproxy.worker();
    DesiredState desired =
        state(
            Wanted.pool(WEB)
                .drain("a", at(9001))
                .ready("b", at(9002), 7)
                .ready("c", at(9003))
                .ready("d", at(9004))
                .build());

    Plan plan = plan(desired);
    assertThat(plan.changes())
        .extracting(MemberChange::name)
        .containsExactly("first", "sorry", "third");
    assertThat(driver.apply(plan))
        .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.LIVE));

    assertThat(is("first")).isEqualTo(ServerState.DRAIN);
    assertThat(is("second")).isEqualTo(ServerState.READY);
    assertThat(is("third")).isEqualTo(ServerState.READY);
    assertThat(is("sorry")).isEqualTo(ServerState.MAINT);
    assertThat(haproxy.row("be_web", "first").orElseThrow().weight()).isEqualTo(10);
    assertThat(haproxy.row("be_web", "d")).isEmpty();
    assertThat(driver.putOff().orElse("")).contains("web d");
    assertThat(plan(desired)).isInstanceOf(Plan.InSync.class);
    assertThat(Files.readString(haproxy.config)).isEqualTo(before);
    assertThat(haproxy.worker()).isEqualTo(worker);
  }

  @Test
  void theFallbackTakesTrafficWhileNoMemberThatIsThereDoes() throws Exception {
    EmptyPolicy sorry = new EmptyPolicy.Fallback(at(9099));
    DesiredState none = state(Wanted.pool(WEB).empty(sorry).maint("a", at(9001)).build());
    assertThat(driver.apply(plan(none))).isInstanceOf(Outcome.Applied.class);
    assertThat(is("sorry")).isEqualTo(ServerState.READY);
    assertThat(is("first")).isEqualTo(ServerState.MAINT);
    assertThat(is("second")).isEqualTo(ServerState.MAINT);

    DesiredState one = state(Wanted.pool(WEB).empty(sorry).ready("b", at(9002)).build());
    assertThat(driver.apply(plan(one))).isInstanceOf(Outcome.Applied.class);
    assertThat(is("sorry")).isEqualTo(ServerState.MAINT);
    assertThat(is("second")).isEqualTo(ServerState.READY);
  }

  @Test
  void aReloadBySomebodyElseIsSeenAndTheStatesArePutRight() throws Exception {
    DesiredState desired = state(Wanted.pool(WEB).ready("b", at(9002)).build());
    assertThat(driver.apply(plan(desired))).isInstanceOf(Outcome.Applied.class);
    String process = driver.process().orElseThrow();
    haproxy.reload();

    assertThat(is("first")).isEqualTo(ServerState.READY);
    Plan again = plan(desired);
    assertThat(driver.process()).isPresent().isNotEqualTo(Optional.of(process));
    assertThat(driver.apply(again)).isInstanceOf(Outcome.Applied.class);
    assertThat(is("first")).isEqualTo(ServerState.MAINT);
  }

  @Test
  void oneThatDoesNotRunIsWaitedFor() throws Exception {
    haproxy.stop();
    assertThat(driver.observe(Set.of(WEB)).condition())
        .isInstanceOf(Observed.Condition.NotRunning.class);
    assertThat(plan(state(Wanted.pool(WEB).ready("b", at(9002)).build())))
        .isInstanceOf(Plan.InSync.class);
  }
}
