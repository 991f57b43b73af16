package dev.weir.probe.http;

import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.probe.http.HttpOptions.Tls;
import java.util.Map;
import java.util.Optional;

/** Options of a check with one thing after the other changed. */
record Wanted(HttpOptions options) {

  static Wanted get(String path) {
    return new Wanted(HttpOptions.get(path));
  }

  Wanted method(String method) {
    HttpOptions o = options;
    return of(method, o.host(), o.headers(), o.status(), o.port(), o.body(), o.reuse(), o.tls());
  }

  Wanted host(String host) {
    HttpOptions o = options;
    Optional<String> named = Optional.of(host);
    return of(o.method(), named, o.headers(), o.status(), o.port(), o.body(), o.reuse(), o.tls());
  }

  Wanted headers(Map<String, String> headers) {
    HttpOptions o = options;
    return of(o.method(), o.host(), headers, o.status(), o.port(), o.body(), o.reuse(), o.tls());
  }

  Wanted status(String codes) {
    HttpOptions o = options;
    StatusSet status = StatusSet.parse(codes);
    return of(o.method(), o.host(), o.headers(), status, o.port(), o.body(), o.reuse(), o.tls());
  }

  Wanted port(int port) {
    HttpOptions o = options;
    Optional<Integer> given = Optional.of(port);
    return of(o.method(), o.host(), o.headers(), o.status(), given, o.body(), o.reuse(), o.tls());
  }

  Wanted body(String text) {
    HttpOptions o = options;
    Optional<String> body = Optional.of(text);
    return of(o.method(), o.host(), o.headers(), o.status(), o.port(), body, o.reuse(), o.tls());
  }

  Wanted reuse(Reuse reuse) {
    HttpOptions o = options;
    return of(o.method(), o.host(), o.headers(), o.status(), o.port(), o.body(), reuse, o.tls());
  }

  Wanted tls(Optional<Tls> tls) {
    HttpOptions o = options;
    return of(o.method(), o.host(), o.headers(), o.status(), o.port(), o.body(), o.reuse(), tls);
  }

  private Wanted of(
      String method,
      Optional<String> host,
      Map<String, String> headers,
      StatusSet status,
      Optional<Integer> port,
      Optional<String> body,
      Reuse reuse,
      Optional<Tls> tls) {
    return new Wanted(
        new HttpOptions(method, options.path(), host, headers, status, port, body, reuse, tls));
  }
}
