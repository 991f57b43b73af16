package dev.weir.source.dns;

import dev.weir.follow.Pace;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A name of a real DNS server; its addresses stand for the members' names. */
final class DnsWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "dns"), Time.SYSTEM);
  static final Pace HASTY = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));
  static final DnsQuestion.Rhythm RHYTHM =
      new DnsQuestion.Rhythm(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(200));

  private final Dnsmasq server;
  private List<String> lines = List.of();

  DnsWorld(Path folder) throws IOException {
    this.server = new Dnsmasq(folder);
  }

  @Override
  public Source source() {
    Endpoint.Ip at = new Endpoint.Ip(InetAddress.getLoopbackAddress(), server.port());
    DnsQuestion question = new DnsQuestion("web.test", Kind.A, 80, List.of(at), RHYTHM);
    Source source = new DnsSourceType(HASTY).open(question, CONTEXT);
    return sink -> source.watch(report -> sink.report(named(report)));
  }

  /** Records of addresses have no names to compare by. */
  private static SourceReport named(SourceReport report) {
    return switch (report) {
      case Complete complete ->
          Complete.of(complete.members().stream().map(DnsWorld::named).toList());
      case Unavailable unavailable -> unavailable;
    };
  }

  private static Member named(Member member) {
    int last = Integer.parseInt(member.address().host().replaceFirst(".*\\.", ""));
    return member.withName(
        List.of("alpha", "beta", "gamma", "delta").stream()
            .filter(name -> name.charAt(0) == last)
            .findFirst()
            .orElseThrow());
  }

  @Override
  public void hold(List<String> names) throws IOException, InterruptedException {
    lines = names.stream().map(name -> "10.0.0." + (int) name.charAt(0) + " web.test").toList();
    server.serve(lines);
  }

  @Override
  public void fail(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case GONE -> server.kill();
      case SILENT -> server.halt();
      case HALF, NONSENSE, NOTHING -> throw new UnsupportedOperationException(fault.toString());
    }
  }

  @Override
  public void stir() throws IOException, InterruptedException {
    server.serve(lines);
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("the DNS has no index");
  }

  @Override
  public Map<Ability, String> unable() {
    String never = "dnsmasq gives whole answers";
    return Map.of(
        Ability.REWIND,
        "the DNS has no index",
        Ability.HALF,
        never,
        Ability.NONSENSE,
        never,
        Ability.NOTHING,
        never);
  }

  @Override
  public void close() {
    server.close();
  }
}
