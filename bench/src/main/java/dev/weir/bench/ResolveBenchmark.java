package dev.weir.bench;

import dev.weir.engine.resolve.Resolver;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy;
import dev.weir.model.SourceName;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 100 pools of 100 members, one member of one pool changes: what the decision costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResolveBenchmark {

  private static final int POOLS = 100;
  private static final int MEMBERS = 100;
  private static final List<PoolId> IDS =
      IntStream.range(0, POOLS).mapToObj(n -> new PoolId("pool" + n)).toList();

  private final Resolver resolver = new Resolver();
  private final Map<PoolId, PoolInputs> pools = new HashMap<>();
  private int round;

  /** Everything is resolved once. */
  @Setup
  public void fill() {
    IDS.forEach(id -> pools.put(id, pool(id, 1)));
    var _ = resolver.resolve(inputs(), IDS, Map.of());
  }

  /** One member of one pool gets another weight. */
  @Benchmark
  public DesiredState oneMemberChanges() {
    round++;
    PoolId id = IDS.get(round % POOLS);
    pools.put(id, pool(id, 1 + round % 200));
    return resolver.resolve(inputs(), IDS, Map.of());
  }

  private Inputs inputs() {
    return new Inputs(round, true, pools, Map.of());
  }

  private static PoolInputs pool(PoolId id, int firstWeight) {
    PoolDefinition definition = new PoolDefinition(id, PoolPolicy.DEFAULT, List.of());
    List<CatalogMember> members =
        IntStream.range(0, MEMBERS)
            .mapToObj(n -> CatalogMember.present(member(id, n, n == 0 ? firstWeight : 1)))
            .toList();
    return new PoolInputs(
        new CatalogPool(definition, members), Map.of(), List.of(), Map.of(), List.of());
  }

  private static Member member(PoolId id, int number, int weight) {
    InetAddress ip = InetAddress.ofLiteral("10.0.0." + (number + 1));
    MemberId member = new MemberId(id, new Endpoint.Ip(ip, 8080));
    return Member.of(member, SourceName.of(id, "file")).withWeight(weight);
  }
}
