package dev.weir.consul;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.net.TlsKeys;
import dev.weir.secret.Secret;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.util.List;
import java.util.Optional;

/**
 * How an agent is reached.
 *
 * @param token who asks; absent: whoever the agent takes for anonymous
 * @param datacenter whose services and keys; absent: the agent's own
 */
public record ConsulOptions(
    HttpOrigin address, TlsFiles tls, Optional<Secret> token, Optional<String> datacenter) {

  private static final int PORT = 8500;

  private static final Shape.Key<HttpOrigin> ADDRESS =
      Shape.Key.defaulted(
          "address",
          Shape.scalar("http://HOST:PORT or https://HOST:PORT", t -> HttpOrigin.parse(t, PORT)),
          HttpOrigin.parse("http://127.0.0.1:8500", PORT),
          "http://127.0.0.1:8500",
          "Where the agent's HTTP API is.");

  private static final Shape.Key<Secret> TOKEN =
      Shape.Key.optional(
          "token", Secret.SHAPE, "Where the token is that questions are asked with.");

  private static final Shape.Key<String> DATACENTER =
      Shape.Key.optional(
          "datacenter",
          Shape.text("the name of a datacenter"),
          "Whose services and keys; without it, the agent's own.");

  /** How they are written. */
  public static final Shape.Mapping<ConsulOptions> SHAPE =
      new Shape.Mapping<>(
          "a mapping with address",
          List.of(ADDRESS, TOKEN, DATACENTER, TlsKeys.CA, TlsKeys.CERT, TlsKeys.KEY),
          ConsulOptions::of);

  private static ConsulOptions of(Values values) {
    return new ConsulOptions(
        values.get(ADDRESS), TlsKeys.files(values), values.find(TOKEN), values.find(DATACENTER));
  }

  @Override
  public String toString() {
    return address + datacenter.map(name -> " " + name).orElse("");
  }
}
