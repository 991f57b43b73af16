package dev.weir.source.http;

import dev.weir.model.Address;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a list of members is.
 *
 * @param path with its query, encoded; may hold a secret in the query
 */
public record Url(boolean tls, Address address, String path) {

  /**
   * Reads {@code http://HOST[:PORT]/PATH} or {@code https://...}.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  static Url parse(String text) {
    try {
      URI uri = new URI(text);
      boolean tls = "https".equals(uri.getScheme());
      boolean plain = "http".equals(uri.getScheme());
      if (!(tls || plain) || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException("not http://HOST/PATH or https://HOST/PATH");
      }
      int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return new Url(tls, Address.of(uri.getHost(), port), path + query);
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException("no URL", wrong);
    }
  }

  /** Without the query. */
  @Override
  public String toString() {
    int query = path.indexOf('?');
    String shown = query < 0 ? path : path.substring(0, query);
    return (tls ? "https://" : "http://") + address + shown;
  }
}
