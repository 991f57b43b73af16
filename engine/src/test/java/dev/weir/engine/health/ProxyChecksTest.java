package dev.weir.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.run.SteppedRunner;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy;
import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceName;
import dev.weir.spi.ServerRow;
import dev.weir.spi.ServerRow.Opinion.Word;
import dev.weir.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two proxies say what they found of two members. */
class ProxyChecksTest {
  private static final PoolId WEB = new PoolId("web");
  private static final ProxyCheckPolicy POLICY = new ProxyCheckPolicy(Duration.ofSeconds(2));

  private final ManualTime time = new ManualTime();
  private final SteppedRunner runner = new SteppedRunner(time, new Random(1));
  private final FakeProxy one = new FakeProxy();
  private final FakeProxy two = new FakeProxy();
  private final Map<MemberId, Health> known = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final ProxyChecks checks =
      new ProxyChecks(
          new ProxyChecks.Means(time, runner, this::inputs, pool -> List.of(one, two)),
          new ProbeSink() {
            @Override
            public void concluded(MemberId member, Health health) {
              known.put(member, health);
              told.add(member.address() + " " + said(health));
            }

            @Override
            public void looked(MemberId member, ProbeResult result) {
              throw new AssertionError("nobody asked for a look");
            }
          });

  private static final class FakeProxy implements ProxyChecks.Proxy {
    private final Map<Integer, ServerRow> rows = new HashMap<>();
    private boolean silent;
    private int asked;

    @Override
    public List<ServerRow> rows(PoolId pool) throws IOException {
      asked++;
      if (silent) {
        throw new IOException("nobody listens");
      }
      return List.copyOf(rows.values());
    }

    void says(int member, Word word, Kind kind) {
      ProbeResult last = new ProbeResult(kind, kind.toString(), Duration.ofMillis(3));
      row(member, Optional.of(new ServerRow.Opinion(word, last)));
    }

    void saysNothing(int member) {
      row(member, Optional.empty());
    }

    private void row(int member, Optional<ServerRow.Opinion> opinion) {
      rows.put(
          member,
          new ServerRow(
              WEB,
              "m" + member,
              Optional.of(at(member)),
              "",
              Optional.empty(),
              opinion,
              new ServerRow.Load(0, 0, 0, 0, 0),
              Duration.ofSeconds(7)));
    }
  }

  private static String said(Health health) {
    return switch (health) {
      case Health.Up ignored -> "up";
      case Health.Down down -> down.refused() ? "refuses" : "down";
      case Health.Unknown ignored -> "unknown";
    };
  }

  private static Endpoint at(int member) {
    return (Endpoint) Address.of("10.0.0." + member, 80);
  }

  private Inputs inputs() {
    PoolDefinition definition =
        new PoolDefinition(WEB, PoolPolicy.DEFAULT.withProxyCheck(POLICY), List.of());
    List<CatalogMember> members =
        Stream.of(1, 2)
            .map(n -> Member.of(new MemberId(WEB, at(n)), new SourceName("web/static")))
            .map(CatalogMember::present)
            .toList();
    PoolInputs pool =
        new PoolInputs(new CatalogPool(definition, members), known, List.of(), Map.of(), List.of());
    return new Inputs(1, true, Map.of(WEB, pool), Map.of());
  }

  private void read() {
    checks.configure(Map.of(WEB, POLICY));
    runner.runFor(Duration.ofSeconds(3));
  }

  @Test
  void whatOneProxyConcludesIsToldOnceAndSinceWhen() {
    one.says(1, Word.UP, Kind.OK);
    one.says(2, Word.DOWN, Kind.STATUS);
    read();
    assertThat(told).containsExactlyInAnyOrder("10.0.0.1:80 up", "10.0.0.2:80 down");
    assertThat(one.asked).isEqualTo(2);
    assertThat(known.get(new MemberId(WEB, at(1))))
        .isEqualTo(new Health.Up(time.now().minusSeconds(10)));
    assertThat(checks.last(new MemberId(WEB, at(2))).orElseThrow().result().kind())
        .isEqualTo(Kind.STATUS);
  }

  @Test
  void aMemberIsUpWhileAnyProxyFindsItUp() {
    one.says(1, Word.DOWN, Kind.TIMEOUT);
    two.says(1, Word.UP, Kind.OK);
    read();
    assertThat(told).containsExactly("10.0.0.1:80 up");
    two.says(1, Word.DOWN, Kind.REFUSED);
    one.says(1, Word.DOWN, Kind.REFUSED);
    runner.runFor(Duration.ofSeconds(2));
    assertThat(told).last().isEqualTo("10.0.0.1:80 refuses");
  }

  @Test
  void aProxyThatCannotBeAskedHasNoOpinionAndTakesNoneBack() {
    one.says(1, Word.UP, Kind.OK);
    two.silent = true;
    read();
    one.silent = true;
    runner.runFor(Duration.ofSeconds(10));
    assertThat(told).containsExactly("10.0.0.1:80 up");
    assertThat(checks.last(new MemberId(WEB, at(1)))).isEmpty();
  }

  @Test
  void withoutAConclusionNothingIsTold() {
    one.saysNothing(1);
    read();
    assertThat(told).isEmpty();
  }

  @Test
  void whatWasForgottenIsToldAgain() {
    one.says(1, Word.UP, Kind.OK);
    read();
    known.clear();
    runner.runFor(Duration.ofSeconds(2));
    assertThat(told).containsExactly("10.0.0.1:80 up", "10.0.0.1:80 up");
  }

  @Test
  void aPoolThatIsNoLongerCheckedByProxiesIsNoLongerRead() {
    read();
    int before = one.asked;
    checks.configure(Map.of());
    runner.runFor(Duration.ofSeconds(10));
    assertThat(one.asked).isEqualTo(before);
  }
}
