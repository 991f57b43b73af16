package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.surround.ServerText;
import java.net.InetAddress;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a member is called or labelled, its line stays one line of known words. */
class ConfigTextTest {

  private static final PoolId API = new PoolId("api");
  private static final ServerText SERVER = ServerText.parse("check agent-send {name}={label:zone}");
  private static final Backend BACKEND =
      new Backend(
          API,
          "be_api",
          new HaproxySurroundings(List.of("balance leastconn"), SERVER),
          DrainPolicy.DEFAULT);

  @Provide
  Arbitrary<DesiredMember> members() {
    Arbitrary<String> texts =
        Arbitraries.strings()
            .all()
            .ofMaxLength(300)
            .edgeCases(edges ->
                edges.add(
                    "a b",
                    "a\nserver evil 127.0.0.1:9",
                    "disabled",
                    " disabled",
                    "backup",
                    "a;b",
                    "a#b",
                    "\"",
                    "'",
                    "\\",
                    "{name}",
                    "$x",
                    "weir:fallback"));
    return Combinators.combine(
            texts,
            texts,
            Arbitraries.of(ServerState.class),
            Arbitraries.integers().between(1, 256),
            Arbitraries.of(true, false))
        .as(ConfigTextTest::member);
  }

  private static DesiredMember member(
      String name, String zone, ServerState state, int weight, boolean backup) {
    Endpoint at = new Endpoint.Ip(InetAddress.ofLiteral("10.0.0.1"), 80);
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("zone", zone);
    Because because = new Because(Because.Cause.DISCOVERED, "a test");
    return new DesiredMember(
        new MemberId(API, at), name, at, state, weight, backup, labels, because);
  }

  @Property(tries = 500)
  void aServerIsOneLineThatIsReadAsItWasWritten(@ForAll("members") DesiredMember member) {
    ServerLine line = ServerLine.of(member, SERVER);
    assertThat(line.fileLine())
        .matches(
            "  server [A-Za-z0-9_.-]{1,128} 10\\.0\\.0\\.1:80 weight [0-9]+( backup)?( disabled)?"
                + " check agent-send [A-Za-z0-9_.:/@+=,-]{3,257}");
    assertThat(ServerLine.parse(line.fileLine()).map(ServerLine::fileLine))
        .contains(line.fileLine());
  }

  @Property(tries = 200)
  void aFileIsReadAsItWasWritten(@ForAll("members") DesiredMember member) {
    DesiredPool pool = DesiredPool.of(API, List.of(member), List.of(), new EmptyPolicy.Status(410));
    Section section = Section.of(BACKEND.structure(pool), BACKEND.servers(pool));
    Fingerprint epoch = ConfigText.epochOf(List.of(section));
    Parsed parsed =
        ConfigText.parse(new ConfigText(new ProxyName("inner")).render(epoch, List.of(section)));
    assertThat(parsed.epoch()).contains(epoch);
    assertThat(parsed.sections()).containsOnlyKeys("be_api");
    assertThat(parsed.sections().values())
        .extracting(Section::text)
        .containsExactly(section.text());
  }

  @Example
  void anythingElseIsReadWithoutHarm() {
    assertThat(ConfigText.parse("")).isEqualTo(Parsed.NOTHING);
    assertThat(ConfigText.parse("backend x\n  server a not-an-ip:80 weight 1\n").sections())
        .containsOnlyKeys("x");
    assertThat(ConfigText.parse("backend x\n  server a 1.2.3.4:99999 weight 1\n").sections())
        .containsOnlyKeys("x");
  }

  @Example
  void theVariableIsNamedAfterTheProxy() {
    assertThat(new ConfigText(new ProxyName("inner-2.eu")).variable()).isEqualTo("WEIR_INNER_2_EU");
  }
}
