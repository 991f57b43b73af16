package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.publish.ReloadWay;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HAProxy is told in each way to load its files, and what it runs is what counts. */
@RequiresServer(Server.HAPROXY)
class ReloadWaysTest {

  /** What only a reload changes. */
  private static DesiredState restructured(Site site) {
    return Wanted.state(
        Wanted.pool(Site.WEB).ready("b0", site.at(0)).empty(new EmptyPolicy.Status(410)));
  }

  private static void reloads(RealHaproxy haproxy) throws Exception {
    try (Site site = new Site(haproxy, "")) {
      site.start(site.ready(0));
      long before = haproxy.worker();
      Plan plan = site.plan(restructured(site));
      assertThat(plan).isInstanceOf(Plan.Reload.class);
      assertThat(site.driver.apply(plan))
          .isEqualTo(new Outcome.Applied(plan.target(), Outcome.Way.RELOAD));
      assertThat(haproxy.worker()).isNotEqualTo(before);
      assertThat(site.client().ask(2)).extracting(Answer::status).containsOnly(200);
    }
  }

  private static ReloadBy command(String... words) {
    return new ReloadBy.Program(new ReloadWay.Command(List.of(words)));
  }

  @Test
  void byTheMastersSocket() throws Exception {
    reloads(new RealHaproxy(Site.AS).reloadedBy(new ReloadBy.MasterSocket()));
  }

  @Test
  void byACommand() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS);
    reloads(haproxy.reloadedBy(command("sh", "-c", "kill -USR2 $(cat " + haproxy.pid + ")")));
  }

  @Test
  void aCommandThatFailsLeavesTheFormerFile() throws Exception {
    RealHaproxy haproxy =
        new RealHaproxy(Site.AS).reloadedBy(command("sh", "-c", "echo no; exit 3"));
    try (Site site = new Site(haproxy, "")) {
      site.start(site.ready(0));
      String former = Files.readString(haproxy.own);
      assertThat(Site.failed(site.applyOnce(restructured(site))).reason())
          .contains("exit code 3, no");
      assertThat(Files.readString(haproxy.own)).isEqualTo(former);
    }
  }

  @Test
  void aMasterThatRefusesTheFileIsToldByItsSocketSoon() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS).reloadedBy(new ReloadBy.MasterSocket());
    try (Site site = new Site(haproxy, "")) {
      site.start(site.ready(0));
      MasterSocket master = new MasterSocket(haproxy.masterSocket);
      long loads = master.loads(Duration.ofSeconds(2));
      Files.writeString(
          haproxy.config,
          Files.readString(haproxy.config) + "frontend nowhere\n  bind 192.0.2.1:1\n");
      long start = System.nanoTime();
      assertThat(site.applyOnce(restructured(site))).isInstanceOf(Outcome.Failed.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(master.loads(Duration.ofSeconds(2))).isGreaterThan(loads);
    }
  }

  @Test
  void itsAdminSocketMayBeATcpPort() throws Exception {
    int port = FreePorts.one();
    RealHaproxy haproxy = new RealHaproxy(Site.AS);
    Files.writeString(
        haproxy.config,
        Files.readString(haproxy.config)
            .replace(
                "global\n",
                "global\n  stats socket ipv4@127.0.0.1:%d level admin\n".formatted(port)));
    haproxy.adminAt(new Endpoint.Ip(InetAddress.getLoopbackAddress(), port));
    reloads(haproxy);
  }

  /** From a HAProxy 2.6 and as later ones write it. */
  @Test
  void loadsAreCountedAsTheMasterSaysThem() throws IOException {
    assertThat(
            MasterSocket.loads(
                """
                #<PID>          <type>          <reloads>       <uptime>        <version>
                26961           master          2 [failed: 1]   0d00h02m32s     2.6.12
                # workers
                26999           worker          1               0d00h01m02s     2.6.12
                """))
        .isEqualTo(2);
    assertThat(
            MasterSocket.loads(
                """
                #<PID>          <type>          <reloads>       <uptime>        <version>
                8               master          0 [failed: 0]   0d00h00m02s     2.9.4
                """))
        .isZero();
  }
}
