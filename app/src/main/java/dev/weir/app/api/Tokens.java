package dev.weir.app.api;

import dev.weir.model.AccessToken;
import dev.weir.model.OperatorOverride;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.spi.TokenStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may come in with which secret. Secrets are random and given out once; kept is their hash,
 * durable before it is acknowledged. Safe for any thread.
 */
public final class Tokens {

  private static final String PREFIX = "weir_";
  private static final int SECRET_BYTES = 32;

  private final TokenStore store;
  private final Time time;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<String, AccessToken> tokens = new TreeMap<>(); // guarded by lock

  private Tokens(TokenStore store, Time time) {
    this.store = store;
    this.time = time;
  }

  /**
   * Those that the store knows.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  public static Tokens open(TokenStore store, Time time) throws StoreException {
    Tokens opened = new Tokens(store, time);
    store.loadTokens().forEach(token -> opened.tokens.put(token.name(), token));
    return opened;
  }

  /**
   * Makes one, in place of any of the same name.
   *
   * @return its secret, which nobody can find out later
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  String create(String name, AccessToken.Role role, OperatorOverride.Attribution attribution)
      throws StoreException {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    AccessToken token = new AccessToken(name, role, hash(secret), attribution);
    lock.lock();
    try {
      store.putToken(token);
      var _ = tokens.put(name, token);
      return secret;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes one invalid.
   *
   * @return whether there was one
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  boolean revoke(String name) throws StoreException {
    lock.lock();
    try {
      if (!tokens.containsKey(name)) {
        return false;
      }
      store.dropToken(name);
      var _ = tokens.remove(name);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** All of them, by name. */
  List<AccessToken> all() {
    lock.lock();
    try {
      return List.copyOf(tokens.values());
    } finally {
      lock.unlock();
    }
  }

  /** The one with this secret; every one is compared, in a time that tells nothing. */
  Optional<AccessToken> of(String secret) {
    byte[] shown = hash(secret).getBytes(StandardCharsets.US_ASCII);
    Optional<AccessToken> found = Optional.empty();
    for (AccessToken token : all()) {
      byte[] known = token.sha256().getBytes(StandardCharsets.US_ASCII);
      if (MessageDigest.isEqual(known, shown)) {
        found = Optional.of(token);
      }
    }
    return found.filter(token -> !token.over(time.now()));
  }

  private static String hash(String secret) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
