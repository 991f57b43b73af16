package dev.weir.model;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a caller may show in place of being known; of the secret itself only the hash is kept.
 *
 * @param name of the caller, as the journal shows it
 * @param role what the caller may do
 * @param sha256 of the secret, as 64 hexadecimal digits
 * @param attribution who made it, when, why, and until when it holds
 */
public record AccessToken(
    String name, Role role, String sha256, OperatorOverride.Attribution attribution) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");

  /** What a caller may do; each may do what those before may. */
  public enum Role {
    /** Reads. */
    VIEWER,
    /** Decides. */
    OPERATOR,
    /** Makes and revokes tokens. */
    ADMIN
  }

  public AccessToken {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "token: name %s (expected: 1 to 64 of A-Z a-z 0-9 _ . @ -)".formatted(Quoted.of(name)));
    }
  }

  /** Whether it has ended by itself. */
  public boolean over(Instant now) {
    return attribution.until().filter(until -> !until.isAfter(now)).isPresent();
  }
}
