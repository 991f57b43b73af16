package dev.weir.kv.redis;

import dev.weir.net.TlsKeys;
import dev.weir.plugin.LateStore;
import dev.weir.plugin.Plugins;
import dev.weir.secret.Secret;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import java.util.List;
import java.util.Optional;

/** The {@code redis} store: the keys and hashes of one database; its client is a plug-in. */
public final class RedisStoreType implements KeyValueStoreType<RedisOptions> {

  private static final String NAME = "redis";

  /** Where it listens. */
  static final Shape.Key<RedisAddress> ADDRESS =
      Shape.Key.defaulted(
          "address",
          Shape.scalar("redis://HOST:PORT, or rediss://HOST:PORT with TLS", RedisAddress::parse),
          RedisAddress.parse("127.0.0.1:6379"),
          "redis://127.0.0.1:6379",
          "Where Redis listens.");

  /** Which database. */
  static final Shape.Key<Integer> DATABASE =
      Shape.Key.defaulted(
          "database", Shape.integer(0, 65_535), 0, "0", "The number of the database.");

  /** What separates the parts of a key. */
  static final Shape.Key<String> SEPARATOR =
      Shape.Key.defaulted(
          "separator",
          Shape.scalar("one or more characters such as :", RedisStoreType::separator),
          "/",
          "/",
          "What stands in Redis where the prefix has a slash; with `:` the prefix `/web/members` is"
              + " `web:members` in Redis.");

  /** Who reads. */
  static final Shape.Key<String> USER =
      Shape.Key.optional(
          "user", Shape.text("a name"), "A user of Redis; without it, the default one.");

  /** How the reader proves it. */
  static final Shape.Key<Secret> PASSWORD =
      Shape.Key.optional("password", Secret.SHAPE, "Where the password is.");

  static final Shape.Mapping<RedisOptions> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with address",
          List.of(
              ADDRESS, DATABASE, SEPARATOR, USER, PASSWORD, TlsKeys.CA, TlsKeys.CERT, TlsKeys.KEY),
          RedisStoreType::options);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape.Mapping<RedisOptions> options() {
    return OPTIONS;
  }

  @Override
  public KeyValueStore open(RedisOptions options, Time time) {
    return new LateStore(() ->
        Plugins.INSTALLED.load(NAME, RedisClients.class).open(options, RedisPatience.USUAL, time));
  }

  private static RedisOptions options(Values values) {
    Optional<Secret> password = values.find(PASSWORD);
    Optional<String> user = values.find(USER);
    if (user.isPresent() && password.isEmpty()) {
      throw new IllegalArgumentException("user alone (expected: user and password together)");
    }
    return new RedisOptions(
        values.get(ADDRESS),
        TlsKeys.files(values),
        new RedisOptions.Keys(values.get(DATABASE), values.get(SEPARATOR)),
        password.map(secret -> new RedisOptions.Login(user, secret)));
  }

  private static String separator(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }
}
