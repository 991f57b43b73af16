package dev.weir.engine.catalog;

import static dev.weir.engine.catalog.PoolStory.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.model.Presence.Held;
import dev.weir.model.Presence.Leaving;
import dev.weir.model.Presence.Present;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the proxies' own checks conclude is evidence, and takes nobody out by itself. */
class ProxyCheckEvidenceTest {
  private final PoolStory web =
      PoolStory.of(
          policy -> policy.withProxyCheck(new ProxyCheckPolicy(Duration.ofSeconds(2))), FILE);

  @Test
  void arrivalsServeAtOnceBecauseTheProxyChecksThem() {
    web.names(FILE, "ab");
    assertThat(web.find("a").orElseThrow().standing()).isEqualTo(Standing.PROVEN);
    web.names(FILE, "cd");
    assertThat(web.those(Present.class)).isEqualTo("cd");
  }

  @Test
  void goneAndDeadForTheProxyIsRemovedAtOnceAndNeverHeld() {
    web.names(FILE, "abcd");
    web.fails("bcd", Kind.TIMEOUT);
    web.names(FILE, "a");
    assertThat(web.all()).isEqualTo("a");
    assertThat(web.looks).isEmpty();
  }

  @Test
  void presentAndDeadForTheProxyStaysAMemberWhateverTheGuardWouldSay() {
    web.names(FILE, "abcd");
    web.fails("abc", Kind.TIMEOUT);
    assertThat(web.those(Present.class)).isEqualTo("abcd");
  }

  @Test
  void membersThatTheProxyFindsDeadCountAsLossesWhenDiscoveryTakesMore() {
    web.names(FILE, "abcd");
    web.fails("ab", Kind.TIMEOUT);
    web.names(FILE, "abc");
    assertThat(web.those(Held.class)).isEqualTo("d");
    web.passes("ab");
    web.names(FILE, "abcd");
    web.names(FILE, "abc");
    assertThat(web.those(Leaving.class)).isEqualTo("d");
  }

  @Test
  void oneThatIsHeldGoesWhenTheProxyFindsItDeadAndIsLookedAtOnlyWhileNothingIsKnown() {
    web.names(FILE, "abcd");
    web.passes("abcd");
    web.names(FILE, "");
    assertThat(web.those(Held.class)).isEqualTo("abcd");
    web.later(Duration.ofMinutes(5));
    assertThat(web.looks).isEmpty();
    web.fails("d", Kind.REFUSED);
    assertThat(web.all()).isEqualTo("abc");
  }

  @Test
  void withoutAConclusionOneThatIsToGoIsLookedAt() {
    web.names(FILE, "abcd");
    web.names(FILE, "abc");
    assertThat(web.looks).containsExactly(PoolStory.id("d"));
  }
}
