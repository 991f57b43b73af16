package dev.weir.source.http;

import dev.weir.net.HttpTarget;
import dev.weir.net.TlsFiles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A list of members on an HTTP server, and how it is asked for; two that say the same are equal.
 *
 * @param url where it is
 * @param tls for https
 * @param headers sent with each question; may hold secrets
 * @param rhythm when it is asked for
 */
public record Resource(Url url, TlsFiles tls, Map<String, String> headers, Rhythm rhythm) {

  public Resource {
    headers = Map.copyOf(headers);
  }

  /**
   * When a list is asked for.
   *
   * @param every so often, where the server does not hold questions back
   * @param timeout for one answer, beside the hold
   * @param hold how long the server is asked to hold a question while nothing changes; absent: not
   */
  public record Rhythm(Duration every, Duration timeout, Optional<Duration> hold) {}

  HttpTarget target() {
    return url.tls() ? new HttpTarget.Tls(url.address(), tls) : new HttpTarget.Tcp(url.address());
  }

  /** Its place without secrets. */
  @Override
  public String toString() {
    return url.toString();
  }
}
