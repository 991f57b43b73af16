package dev.weir.app.api;

import dev.weir.engine.health.HealthTracker;
import dev.weir.engine.health.LastLook;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberChange;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.Outcome;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.SourceName;
import dev.weir.model.Standing;
import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pools and members to fill a {@link SampleWeir} with. */
public final class Samples {

  private static final Instant SINCE = Instant.parse("2030-01-01T00:00:00Z");

  private Samples() {}

  /** A Weir with the pool {@code web} of web1 and web2 up and web3 down, and the proxy edge. */
  public static SampleWeir web() {
    SampleWeir weir = new SampleWeir();
    PoolId pool = new PoolId("web");
    List<CatalogMember> members =
        List.of(
            member(pool, "web1", "10.0.0.1:80"),
            member(pool, "web2", "10.0.0.2:80"),
            member(pool, "web3", "10.0.0.3:80"));
    Map<MemberId, Health> health = new HashMap<>();
    health.put(members.get(0).id(), new Health.Up(SINCE));
    health.put(members.get(1).id(), new Health.Up(SINCE));
    health.put(members.get(2).id(), down("connection refused"));
    weir.pool(new CatalogPool(definition(pool), members), health);
    SampleProxy ignored = weir.proxy("edge", "web");
    return weir;
  }

  /** A pool with a check and one required source. */
  public static PoolDefinition definition(PoolId pool) {
    return new PoolDefinition(
        pool,
        PoolPolicy.DEFAULT.withCheck(PoolPolicy.CheckPolicy.DEFAULT),
        List.of(new PoolDefinition.SourceBinding(SourceName.of(pool, "static"), true)));
  }

  /** A member that has answered before. */
  public static CatalogMember member(PoolId pool, String name, String address) {
    Member member =
        Member.of(new MemberId(pool, Address.parse(address)), SourceName.of(pool, "static"))
            .withName(name);
    return new CatalogMember(
        member, new Presence.Present(), Standing.PROVEN, List.of(member.source()));
  }

  /** Fails its check. */
  public static Health down(String detail) {
    return new Health.Down(
        SINCE, new ProbeResult(ProbeResult.Kind.REFUSED, detail, Duration.ofMillis(1)));
  }

  /** A state that was applied to edge, with this text of its file. */
  public static Revision revision(long number, String text) {
    Endpoint endpoint = (Endpoint) Address.parse("10.0.0.1:80");
    return new Revision(
        number,
        new ProxyName("edge"),
        SINCE,
        DesiredState.of(
            number,
            List.of(DesiredPool.of(new PoolId("web"), List.of(), List.of(), EmptyPolicy.DEFAULT))),
        Outcome.Way.RELOAD,
        List.of(
            new MemberChange(new PoolId("web"), "web1", endpoint, "ready weight 1", "", "gone")),
        List.of(new FileContent(Path.of("/etc/edge.conf"), text)),
        Duration.ofMillis(12));
  }

  /** A probe that found this. */
  public static LastLook look(ProbeResult.Kind kind, String detail) {
    return new LastLook(
        new ProbeResult(kind, detail, Duration.ofMillis(1)), SINCE, HealthTracker.NEW);
  }

  /** The secret of a new token for this caller. */
  public static String token(SampleWeir weir, String name, Role role) throws StoreException {
    Attribution now = new Attribution("a", Instant.now(), Optional.empty(), Optional.empty());
    return weir.tokens().create(name, role, now);
  }
}
