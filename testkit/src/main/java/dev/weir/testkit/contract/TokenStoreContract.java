package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AccessToken;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.spi.TokenStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of access tokens promises. */
public abstract class TokenStoreContract extends StoreContract {

  private static AccessToken token(String name, AccessToken.Role role) {
    return new AccessToken(
        name,
        role,
        "0f".repeat(32),
        new Attribution(
            "alice",
            StoredSamples.NOON,
            Optional.of(StoredSamples.ODD_TEXT),
            Optional.of(StoredSamples.NOON.plusSeconds(60))));
  }

  private TokenStore tokens() {
    return stores().tokens();
  }

  @Test
  final void keeps_tokens_over_a_kill_by_name() throws Exception {
    AccessToken ci = token("ci", AccessToken.Role.OPERATOR);
    AccessToken bot = token("bot", AccessToken.Role.VIEWER);
    tokens().putToken(ci);
    tokens().putToken(bot);
    assertThat(killedAndReopened().tokens().loadTokens()).containsExactly(bot, ci);
  }

  @Test
  final void replaces_and_drops_one() throws Exception {
    tokens().putToken(token("ci", AccessToken.Role.OPERATOR));
    tokens().putToken(token("ci", AccessToken.Role.VIEWER));
    tokens().putToken(token("bot", AccessToken.Role.ADMIN));
    tokens().dropToken("bot");
    tokens().dropToken("nobody");
    assertThat(tokens().loadTokens()).containsExactly(token("ci", AccessToken.Role.VIEWER));
  }
}
