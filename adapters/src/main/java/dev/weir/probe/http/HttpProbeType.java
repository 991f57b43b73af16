package dev.weir.probe.http;

import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.spi.Probe;
import dev.weir.spi.ProbeType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code check: { http: /healthz }} and {@code check: { https: /healthz }}. */
public final class HttpProbeType implements ProbeType<HttpOptions> {

  private static final Shape.Key<String> PATH =
      Shape.Key.defaulted(
          "path", Shape.text("a path such as /healthz"), "/", "/", "What to ask for.");
  private static final Shape.Key<String> METHOD =
      Shape.Key.defaulted(
          "method", Shape.text("a method such as HEAD"), "GET", "GET", "How to ask.");
  private static final Shape.Key<String> HOST =
      Shape.Key.optional(
          "host",
          Shape.text("a host name"),
          "The Host header; the member's own address where it is absent.");
  private static final Shape.Key<Map<String, String>> HEADERS =
      Shape.Key.defaulted(
          "headers",
          Shape.dictionary("header name", Shape.text("its value")),
          Map.of(),
          "{}",
          "Further headers of the request.");
  private static final Shape.Key<StatusSet> STATUS =
      Shape.Key.defaulted(
          "status", StatusSet.SHAPE, StatusSet.NO_ERROR, "200-399", "The status of a good answer.");
  private static final Shape.Key<Integer> PORT =
      Shape.Key.optional(
          "port", Shape.integer(1, 65535), "The port to connect to instead of the member's own.");
  private static final Shape.Key<String> BODY =
      Shape.Key.optional(
          "body",
          Shape.text("some text"),
          "What the first 64 KiB of a good answer's body contain.");
  private static final Shape.Key<Reuse> CONNECTION =
      Shape.Key.defaulted(
          "connection",
          Shape.choice(Reuse.class),
          Reuse.KEEP,
          "keep",
          "Whether the connection is kept for the next looks, or closed by reset after each.");
  private static final Shape.Key<String> SNI =
      Shape.Key.optional(
          "sni",
          Shape.text("a host name"),
          "The name to ask for in TLS and to find in the certificate; that of host where absent.");
  private static final Shape.Key<Path> CA =
      Shape.Key.optional(
          "ca",
          Shape.scalar("the path of a PEM file", Path::of),
          "The certificates to trust in place of the system's.");
  private static final Shape.Key<Boolean> INSECURE =
      Shape.Key.defaulted("insecure", Shape.flag(), false, "false", "Takes any certificate.");

  private static final List<Shape.Key<?>> PLAIN =
      List.of(PATH, METHOD, HOST, HEADERS, STATUS, PORT, BODY, CONNECTION);
  private static final List<Shape.Key<?>> SECURE = List.of(SNI, CA, INSECURE);

  private final String name;
  private final Shape<HttpOptions> options;

  private HttpProbeType(String name, Shape.Mapping<HttpOptions> options) {
    this.name = name;
    this.options = new Shape.Shorthand<>(PATH, options);
  }

  /** Checks by plain HTTP. */
  public static HttpProbeType http() {
    return new HttpProbeType(
        "http",
        new Shape.Mapping<>("an HTTP check", PLAIN, values -> options(values, Optional.empty())));
  }

  /** Checks by HTTP within TLS. */
  public static HttpProbeType https() {
    List<Shape.Key<?>> keys = new ArrayList<>(PLAIN);
    keys.addAll(SECURE);
    return new HttpProbeType(
        "https",
        new Shape.Mapping<>(
            "an HTTPS check", keys, values -> options(values, Optional.of(tls(values)))));
  }

  private static HttpOptions options(Values values, Optional<Tls> tls) {
    return new HttpOptions(
        values.get(METHOD),
        values.get(PATH),
        values.find(HOST),
        values.get(HEADERS),
        values.get(STATUS),
        values.find(PORT),
        values.find(BODY),
        values.get(CONNECTION),
        tls);
  }

  private static Tls tls(Values values) {
    Trust trust = values.get(INSECURE) ? Trust.ANY : Trust.VERIFY;
    return new Tls(values.find(SNI), values.find(CA), trust);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape<HttpOptions> options() {
    return options;
  }

  @Override
  public HttpOptions at(HttpOptions chosen, String path) {
    return chosen.at(path);
  }

  @Override
  public Probe open(HttpOptions chosen, Time time) throws SetupException {
    return HttpProbe.open(chosen, time);
  }
}
