package dev.weir.engine.health;

import dev.weir.engine.run.Pulse;
import dev.weir.model.CatalogMember;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.spi.ServerRow;
import dev.weir.spi.ServerRow.Opinion.Word;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the proxies say of the members of one pool, read again and again. A member is up while any
 * proxy finds it up, and down when all that have an opinion find it down; a proxy that cannot be
 * asked has none. What was concluded before is read from the inputs, so that a member that has left
 * and come back is told of anew.
 */
final class ProxyWatch implements Pulse {

  private final PoolId pool;
  private final ProxyCheckPolicy policy;
  private final ProxyChecks.Means means;
  private final ProbeSink sink;

  private volatile boolean stopped;
  private volatile Map<MemberId, LastLook> last = Map.of(); // written by the thread of the steps

  /** One proxy's opinion of a server, and since when it is of it. */
  private record Said(ServerRow.Opinion opinion, Instant since) {
    boolean up() {
      return opinion.word() == Word.UP;
    }

    Health health() {
      return switch (opinion.word()) {
        case UP -> new Health.Up(since);
        case DOWN -> new Health.Down(since, opinion.last());
      };
    }
  }

  ProxyWatch(PoolId pool, ProxyCheckPolicy policy, ProxyChecks.Means means, ProbeSink sink) {
    this.pool = pool;
    this.policy = policy;
    this.means = means;
    this.sink = sink;
  }

  /** From now on nothing is told any more. */
  void stop() {
    stopped = true;
  }

  Optional<LastLook> last(MemberId member) {
    return Optional.ofNullable(last.get(member));
  }

  @Override
  public Optional<Duration> step() throws InterruptedException {
    if (stopped) {
      return Optional.empty();
    }
    Map<Endpoint, Said> said = ask();
    PoolInputs inputs = means.inputs().get().pools().get(pool);
    if (inputs != null && !stopped) {
      tell(inputs, said);
    }
    return Optional.of(policy.every());
  }

  private Map<Endpoint, Said> ask() throws InterruptedException {
    Map<Endpoint, Said> said = new HashMap<>();
    for (ProxyChecks.Proxy proxy : means.carriers().apply(pool)) {
      try {
        Instant now = means.time().now();
        for (ServerRow row : proxy.rows(pool)) {
          if (row.endpoint().isPresent() && row.opinion().isPresent()) {
            Said one = new Said(row.opinion().get(), now.minus(row.lastChange()));
            said.merge(row.endpoint().get(), one, (a, b) -> a.up() || !b.up() ? a : b);
          }
        }
      } catch (IOException silent) {
        // whoever keeps that proxy in step finds out and says so; it has no opinion now
      }
    }
    return said;
  }

  private void tell(PoolInputs inputs, Map<Endpoint, Said> said) {
    Map<MemberId, LastLook> looks = new HashMap<>();
    for (CatalogMember member : inputs.pool().members()) {
      Optional<Said> found = member.member().address().endpoint(inputs.resolved()).map(said::get);
      if (found.isPresent()) {
        Health health = found.get().health();
        looks.put(member.id(), look(found.get(), health));
        if (differs(inputs.healthOf(member.id()), health)) {
          sink.concluded(member.id(), health);
        }
      }
    }
    last = Map.copyOf(looks);
  }

  private LastLook look(Said said, Health health) {
    HealthTracker tracker = new HealthTracker(health, 0, 0, 0, Optional.empty());
    return new LastLook(said.opinion().last(), means.time().now(), tracker);
  }

  private static boolean differs(Health before, Health now) {
    return switch (now) {
      case Health.Up ignored -> !(before instanceof Health.Up);
      case Health.Down down ->
          !(before instanceof Health.Down known && known.refused() == down.refused());
      case Health.Unknown ignored -> false;
    };
  }
}
