package dev.weir.kv.zookeeper;

import dev.weir.model.Address;
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

/** The {@code zookeeper} store: the nodes of an ensemble; its client is a plug-in. */
public final class ZookeeperStoreType implements KeyValueStoreType<ZookeeperOptions> {

  private static final String NAME = "zookeeper";
  private static final int PORT = 2181;

  private static final Shape<Address> SERVER =
      Shape.scalar("HOST:PORT", ZookeeperStoreType::server);

  /** The members of the ensemble. */
  static final Shape.Key<List<Address>> SERVERS =
      Shape.Key.defaulted(
          "servers",
          new Shape.Either<>(
              "HOST:PORT, or a list of them", List.of(SERVER.map(List::of), Shape.listOf(SERVER))),
          List.of(server("127.0.0.1")),
          "127.0.0.1:2181",
          "Members of the ensemble; another is asked when one fails.");

  /** Who reads. */
  static final Shape.Key<String> USER =
      Shape.Key.optional("user", Shape.text("a name"), "A user of the scheme `digest`.");

  /** How the reader proves it. */
  static final Shape.Key<Secret> PASSWORD =
      Shape.Key.optional("password", Secret.SHAPE, "Where the user's password is.");

  static final Shape.Mapping<ZookeeperOptions> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with servers", List.of(SERVERS, USER, PASSWORD), ZookeeperStoreType::options);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape.Mapping<ZookeeperOptions> options() {
    return OPTIONS;
  }

  @Override
  public KeyValueStore open(ZookeeperOptions options, Time time) {
    return new LateStore(() ->
        Plugins.INSTALLED
            .load(NAME, ZookeeperClients.class)
            .open(options, ZookeeperPatience.USUAL, time));
  }

  private static ZookeeperOptions options(Values values) {
    Optional<String> user = values.find(USER);
    Optional<Secret> password = values.find(PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "%s alone (expected: user and password together)"
              .formatted(user.isPresent() ? "user" : "password"));
    }
    return new ZookeeperOptions(
        values.get(SERVERS),
        user.map(name -> new ZookeeperOptions.Login(name, password.orElseThrow())));
  }

  private static Address server(String text) {
    boolean hasPort = text.matches(".*[^:]:[0-9]+") && !text.endsWith("]");
    return Address.parse(hasPort ? text : text + ":" + PORT);
  }
}
