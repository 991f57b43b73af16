package dev.weir.source.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.SourceReport.Complete;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers of a DNS server mean. */
@RequiresServer(Server.DNSMASQ)
final class RealDnsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Dnsmasq server;

  @BeforeEach
  void start() throws Exception {
    server =
        new Dnsmasq(
            folder,
            "--srv-host=_web._tcp.test,one.test,8001,10,300",
            "--srv-host=_web._tcp.test,two.test,8002,10,600",
            "--srv-host=_web._tcp.test,spare.test,8003,20,1",
            "--srv-host=_web._tcp.test,gone.test,8004,10,1",
            "--srv-host=_none._tcp.test");
    server.serve(
        List.of("10.0.0.1 one.test", "10.0.0.2 two.test", "10.0.0.3 spare.test", "::1 six.test"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void serviceRecordsSayPortPriorityAndWeight() throws Exception {
    Complete report = report("_web._tcp.test", Kind.SRV, 0);
    assertThat(report.members())
        .extracting(Member::name, member -> member.address().toString(), Member::backup)
        .containsExactlyInAnyOrder(
            tuple(Optional.of("one.test"), "10.0.0.1:8001", false),
            tuple(Optional.of("two.test"), "10.0.0.2:8002", false),
            tuple(Optional.of("spare.test"), "10.0.0.3:8003", true));
    assertThat(report.members()).extracting(Member::weight).containsExactlyInAnyOrder(128, 256, 1);
    assertThat(report.remarks()).containsExactly("gone.test has no address");
  }

  @Test
  void aServiceThatIsDecidedlyNotOfferedHasNoMembers() throws Exception {
    assertThat(report("_none._tcp.test", Kind.SRV, 0).members()).isEmpty();
  }

  @Test
  void addressesOfVersionSixAreAskedForByTheirType() throws Exception {
    assertThat(report("six.test", Kind.AAAA, 80).members())
        .singleElement()
        .satisfies(member ->
            assertThat(member.address())
                .isEqualTo(new Endpoint.Ip(InetAddress.ofLiteral("::1"), 80)));
    assertThat(report("six.test", Kind.A, 80).members()).isEmpty();
  }

  @Test
  void aNameThatDoesNotExistHasNoMembersAndARemark() throws Exception {
    Complete report = report("nobody.test", Kind.A, 80);
    assertThat(report.members()).isEmpty();
    assertThat(report.remarks()).containsExactly("nobody.test does not exist");
  }

  @Test
  void aServerThatRefusesHasNotAnswered() throws Exception {
    try (WatchedSource watched = watch("www.example.org", Kind.A, 80, server.port())) {
      assertThat(watched.awaitUnavailable(0).reason())
          .isEqualTo("www.example.org: REFUSED from 127.0.0.1:" + server.port());
    }
  }

  @Test
  void anAnswerTooLongForAPacketIsTakenInFull() throws Exception {
    server.serve(
        IntStream.range(0, 500)
            .mapToObj(i -> "10.1.%d.%d big.test".formatted(i / 250, i % 250))
            .toList());
    assertThat(report("big.test", Kind.A, 80).members()).hasSize(500);
  }

  @Test
  void theNextServerIsAskedWhenOneDoesNotAnswer() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    List<Endpoint.Ip> servers =
        List.of(new Endpoint.Ip(here, FreePorts.one()), new Endpoint.Ip(here, server.port()));
    DnsQuestion question = new DnsQuestion("one.test", Kind.A, 80, servers, DnsWorld.RHYTHM);
    try (WatchedSource watched =
        WatchedSource.start(
            new DnsSourceType(DnsWorld.HASTY).open(question, DnsWorld.CONTEXT), PATIENCE)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
    }
  }

  private Complete report(String name, Kind kind, int port) throws Exception {
    try (WatchedSource watched = watch(name, kind, port, server.port())) {
      return (Complete) watched.await(0, "a report", Complete.class::isInstance);
    }
  }

  private static WatchedSource watch(String name, Kind kind, int port, int server) {
    Endpoint.Ip at = new Endpoint.Ip(InetAddress.getLoopbackAddress(), server);
    DnsQuestion question = new DnsQuestion(name, kind, port, List.of(at), DnsWorld.RHYTHM);
    return WatchedSource.start(
        new DnsSourceType(DnsWorld.HASTY).open(question, DnsWorld.CONTEXT), PATIENCE);
  }
}
