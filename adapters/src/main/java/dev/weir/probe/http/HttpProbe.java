package dev.weir.probe.http;

import dev.weir.model.Endpoint;
import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.spi.Probe;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks members by HTTP/1.1 and judges status and body; follows no redirect. A client of our own,
 * because a check wants none of what a client library is for: no pool, no proxy, no cookies, but
 * every phase told apart and few microseconds each.
 */
public final class HttpProbe implements Probe {

  private final HttpOptions options;
  private final Optional<TlsClient> tls;
  private final Time time;

  private HttpProbe(HttpOptions options, Optional<TlsClient> tls, Time time) {
    this.options = options;
    this.tls = tls;
    this.time = time;
  }

  /**
   * A probe that measures by this clock.
   *
   * @throws SetupException when the file of trusted certificates cannot be used
   */
  public static HttpProbe open(HttpOptions options, Time time) throws SetupException {
    Optional<TlsClient> tls = Optional.empty();
    if (options.tls().isPresent()) {
      tls = Optional.of(TlsClient.open(options.tls().get(), options.host()));
    }
    return new HttpProbe(options, tls, time);
  }

  @Override
  public Session open(Endpoint endpoint) {
    return session(endpoint, Optional.empty());
  }

  @Override
  public Session open(Endpoint endpoint, Transcript transcript) {
    return session(endpoint, Optional.of(transcript));
  }

  private Session session(Endpoint endpoint, Optional<Transcript> transcript) {
    return new HttpSession(this, options.port().map(endpoint::onPort).orElse(endpoint), transcript);
  }

  HttpOptions options() {
    return options;
  }

  Optional<TlsClient> tls() {
    return tls;
  }

  Time time() {
    return time;
  }

  /** The whole request for this member. */
  byte[] request(Endpoint target) {
    return text(target, options.headers()).getBytes(StandardCharsets.US_ASCII);
  }

  /** The request for people: what the configuration puts into headers may be secret. */
  String shownRequest(Endpoint target) {
    Map<String, String> shown = new LinkedHashMap<>();
    options.headers().forEach((name, value) -> shown.put(name, "***"));
    return text(target, shown);
  }

  private String text(Endpoint target, Map<String, String> headers) {
    StringBuilder text = new StringBuilder(256);
    text.append(options.method()).append(' ').append(options.path()).append(" HTTP/1.1\r\n");
    line(text, "Host", options.host().orElseGet(() -> hostOf(target)));
    addUnlessChosen(text, "User-Agent", "weir");
    addUnlessChosen(text, "Accept", "*/*");
    headers.forEach((name, value) -> line(text, name, value));
    if (options.reuse() == Reuse.CLOSE) {
      line(text, "Connection", "close");
    }
    if (mayCarryBody(options.method())) {
      line(text, "Content-Length", "0");
    }
    return text.append("\r\n").toString();
  }

  private static boolean mayCarryBody(String method) {
    return switch (method) {
      case "POST", "PUT", "PATCH" -> true;
      default -> false;
    };
  }

  private void addUnlessChosen(StringBuilder text, String name, String value) {
    boolean chosen =
        options.headers().keySet().stream()
            .anyMatch(key -> key.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
    if (!chosen) {
      line(text, name, value);
    }
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private String hostOf(Endpoint target) {
    return switch (target) {
      case Endpoint.Ip ip -> {
        String host = ip.ip() instanceof Inet6Address ? "[" + ip.host() + "]" : ip.host();
        yield ip.port() == (tls.isPresent() ? 443 : 80) ? host : host + ":" + ip.port();
      }
      case Endpoint.UnixSocket ignored -> "localhost";
    };
  }
}
