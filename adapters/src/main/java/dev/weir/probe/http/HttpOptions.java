package dev.weir.probe.http;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How members are checked by HTTP.
 *
 * @param method in upper case
 * @param path of the request, with its query; begins with a slash
 * @param host the Host header; absent for the member's own address
 * @param headers further headers, in this order
 * @param port the port to connect to; absent for the member's own
 * @param body what the first 64 KiB of the answer's body must contain; absent for anything
 * @param reuse what becomes of the connection after a good answer
 * @param tls how to speak TLS; absent for plain HTTP
 */
public record HttpOptions(
    String method,
    String path,
    Optional<String> host,
    Map<String, String> headers,
    StatusSet status,
    Optional<Integer> port,
    Optional<String> body,
    Reuse reuse,
    Optional<Tls> tls) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{0,2000}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]{1,260}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,2000}");
  private static final int MOST_HEADERS = 32;

  /** Headers that the check writes itself. */
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  /** What becomes of a connection after a good answer. */
  public enum Reuse {
    /** It is kept for the next looks, and renewed in time to notice that no new ones are taken. */
    KEEP,
    /** It is reset: each look also proves that new connections are taken. */
    CLOSE
  }

  /**
   * How to speak TLS.
   *
   * @param sni the name to ask for and to find in the certificate; absent for {@code host}
   * @param ca a file of PEM certificates to trust in place of the system's
   * @param trust whether the certificate is verified
   */
  public record Tls(Optional<String> sni, Optional<Path> ca, Trust trust) {

    /** Verified against the system's authorities and the host's name. */
    public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty(), Trust.VERIFY);
  }

  /** What a certificate is good for. */
  public enum Trust {
    /** It must come from a trusted authority and bear the name. */
    VERIFY,
    /** Any will do. */
    ANY
  }

  public HttpOptions {
    check("method", method, TOKEN, "a method such as GET or HEAD");
    if (method.equals("CONNECT")) {
      throw new IllegalArgumentException("method: CONNECT (expected: GET, HEAD, OPTIONS, ...)");
    }
    check("path", path, PATH, "a path that begins with / and has no spaces");
    host.ifPresent(name -> check("host", name, HOST, "a host name, with a port if need be"));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    if (headers.size() > MOST_HEADERS) {
      throw new IllegalArgumentException(
          "headers: %d (expected: at most %d)".formatted(headers.size(), MOST_HEADERS));
    }
    headers.forEach(HttpOptions::checkHeader);
  }

  /** A GET of this path with everything else as it is by default. */
  public static HttpOptions get(String path) {
    return new HttpOptions(
        "GET",
        path,
        Optional.empty(),
        Map.of(),
        StatusSet.NO_ERROR,
        Optional.empty(),
        Optional.empty(),
        Reuse.KEEP,
        Optional.empty());
  }

  /** The same for another path. */
  HttpOptions at(String other) {
    return new HttpOptions(method, other, host, headers, status, port, body, reuse, tls);
  }

  private static void checkHeader(String name, String value) {
    check("header", name, TOKEN, "a header name");
    check("header " + name, value, VALUE, "visible ASCII characters");
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "header: %s (expected: another one; %s)"
              .formatted(
                  name, name.equalsIgnoreCase("host") ? "use host" : "the check writes it itself"));
    }
  }

  private static void check(String what, String value, Pattern form, String expected) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s: '%s' (expected: %s)".formatted(what, value.replaceAll("\\p{Cntrl}", "?"), expected));
    }
  }
}
