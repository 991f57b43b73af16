package dev.weir.engine.resolve;

import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.Standing;
import dev.weir.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Inputs of one pool {@code web} for tests, written short; members are numbers. */
final class Pools {
  static final PoolId WEB = new PoolId("web");
  static final SourceName FILE = new SourceName("web/file");
  static final Instant THEN = Instant.parse("2030-01-01T00:00:00Z");

  PoolPolicy policy = PoolPolicy.DEFAULT.withCheck(PoolPolicy.CheckPolicy.DEFAULT);
  final List<CatalogMember> members = new ArrayList<>();
  final Map<MemberId, Health> health = new HashMap<>();
  final List<OperatorOverride> overrides = new ArrayList<>();
  final Map<Address.Host, Endpoint.Ip> resolved = new HashMap<>();
  final List<Member> lastReady = new ArrayList<>();

  static MemberId id(int n) {
    return new MemberId(WEB, Address.parse("10.0.0.%d:80".formatted(n)));
  }

  static Endpoint endpoint(int n) {
    return (Endpoint) id(n).address();
  }

  static Member member(int n) {
    return Member.of(id(n), FILE).withName("m" + n);
  }

  static Health up() {
    return new Health.Up(THEN);
  }

  static Health down(ProbeResult.Kind kind) {
    return new Health.Down(THEN, new ProbeResult(kind, kind.toString(), Duration.ZERO));
  }

  Pools with(UnaryOperator<PoolPolicy> change) {
    policy = change.apply(policy);
    return this;
  }

  Pools withoutCheck() {
    policy =
        new PoolPolicy(
            Optional.empty(),
            Optional.empty(),
            policy.floor(),
            policy.guard(),
            policy.drain(),
            policy.empty(),
            policy.split());
    return this;
  }

  /** A proven member that its source names. */
  Pools has(int n, Health conclusion) {
    return has(member(n), new Presence.Present(), Standing.PROVEN, conclusion);
  }

  Pools has(int n, Standing standing, Health conclusion) {
    return has(member(n), new Presence.Present(), standing, conclusion);
  }

  Pools has(int n, Presence presence, Health conclusion) {
    return has(member(n), presence, Standing.PROVEN, conclusion);
  }

  Pools has(Member member, Presence presence, Standing standing, Health conclusion) {
    members.add(new CatalogMember(member, presence, standing, List.of(FILE)));
    health.put(member.id(), conclusion);
    return this;
  }

  Pools decides(Target target, Action action) {
    Attribution by =
        new Attribution(
            "alice", THEN.plusSeconds(overrides.size()), Optional.of("why"), Optional.empty());
    overrides.add(new OperatorOverride(target, action, by));
    return this;
  }

  Pools decides(int n, Action action) {
    return decides(new Target.One(id(n)), action);
  }

  PoolInputs build() {
    PoolDefinition definition = new PoolDefinition(WEB, policy, List.of());
    return new PoolInputs(
        new CatalogPool(definition, members), health, overrides, resolved, lastReady);
  }
}
