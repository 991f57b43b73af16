package dev.weir.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP server is asked.
 *
 * @param path with query, encoded
 * @param headers beside those that every question has; may hold secrets and is never printed
 * @param json the body of a POST; absent: a GET
 */
public record HttpQuestion(String path, Map<String, String> headers, Optional<String> json) {

  public HttpQuestion {
    headers = Map.copyOf(headers);
  }

  /** A GET. */
  public static HttpQuestion get(String path) {
    return new HttpQuestion(path, Map.of(), Optional.empty());
  }

  /** A POST of a JSON text. */
  public static HttpQuestion post(String path, String json) {
    return new HttpQuestion(path, Map.of(), Optional.of(json));
  }

  /** The same with one header more. */
  public HttpQuestion with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpQuestion(path, more, json);
  }

  /** The path without its query, which may hold a secret. */
  @Override
  public String toString() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
