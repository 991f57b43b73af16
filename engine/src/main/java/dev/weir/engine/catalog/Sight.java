package dev.weir.engine.catalog;

import dev.weir.model.Address;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is known beside a pool's own state when a piece of news is folded in.
 *
 * @param health the conclusions of its check, the newest already in
 * @param sidelined whether an operator has taken a member out of traffic, so that losing it is no
 *     loss
 * @param now when the news came
 */
public record Sight(
    Function<MemberId, Health> health, Predicate<Member> sidelined, Claims claims, Instant now) {

  /** Without checks, overrides or other pools. */
  public static Sight at(Instant now) {
    return new Sight(
        id -> Health.UNKNOWN, member -> false, (address, since) -> Optional.empty(), now);
  }

  public Sight withHealth(Function<MemberId, Health> newHealth) {
    return new Sight(newHealth, sidelined, claims, now);
  }

  /** Which other pool has taken an address over. */
  @FunctionalInterface
  public interface Claims {
    /** Another pool that names this address and began to after that moment. */
    Optional<PoolId> claimedSince(Address address, Instant since);
  }
}
