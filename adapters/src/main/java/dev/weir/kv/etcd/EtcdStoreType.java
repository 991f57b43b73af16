package dev.weir.kv.etcd;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsKeys;
import dev.weir.secret.Secret;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code etcd} store: a cluster of etcd 3.4 or newer. */
public final class EtcdStoreType implements KeyValueStoreType<EtcdOptions> {

  private static final int PORT = 2379;

  private static final Shape<HttpOrigin> ENDPOINT =
      Shape.scalar("http://HOST:PORT or https://HOST:PORT", text -> HttpOrigin.parse(text, PORT));

  /** The members of the cluster. */
  static final Shape.Key<List<HttpOrigin>> ENDPOINTS =
      Shape.Key.defaulted(
          "endpoints",
          new Shape.Either<>(
              "http://HOST:PORT or https://HOST:PORT, or a list of them",
              List.of(ENDPOINT.map(List::of), Shape.listOf(ENDPOINT))),
          List.of(HttpOrigin.parse("http://127.0.0.1:2379", PORT)),
          "http://127.0.0.1:2379",
          "Members of the cluster; the next is asked when one fails.");

  /** Who reads. */
  static final Shape.Key<String> USER =
      Shape.Key.optional("user", Shape.text("a name"), "A user of etcd's own.");

  /** How the reader proves it. */
  static final Shape.Key<Secret> PASSWORD =
      Shape.Key.optional("password", Secret.SHAPE, "Where the user's password is.");

  static final Shape.Mapping<EtcdOptions> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with endpoints",
          List.of(ENDPOINTS, USER, PASSWORD, TlsKeys.CA, TlsKeys.CERT, TlsKeys.KEY),
          EtcdStoreType::options);

  /** How long it waits. */
  private final Patience patience;

  /**
   * How long a cluster is waited for.
   *
   * @param answer for one answer
   * @param silence after so long without a word a watch is checked against the store
   */
  record Patience(Duration answer, Duration silence) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  public EtcdStoreType() {
    this(Patience.USUAL);
  }

  EtcdStoreType(Patience patience) {
    this.patience = patience;
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public Shape.Mapping<EtcdOptions> options() {
    return OPTIONS;
  }

  @Override
  public KeyValueStore open(EtcdOptions options, Time time) {
    return new EtcdStore(
        options,
        client ->
            (prefix, sink) -> new EtcdWatch(client, patience).follow(KeyRanges.of(prefix), sink),
        patience.answer());
  }

  private static EtcdOptions options(Values values) {
    Optional<String> user = values.find(USER);
    Optional<Secret> password = values.find(PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "%s alone (expected: user and password together)"
              .formatted(user.isPresent() ? "user" : "password"));
    }
    return new EtcdOptions(
        values.get(ENDPOINTS),
        TlsKeys.files(values),
        user.map(name -> new EtcdOptions.Login(name, password.orElseThrow())));
  }
}
