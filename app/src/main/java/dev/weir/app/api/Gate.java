package dev.weir.app.api;

import dev.weir.model.AccessToken.Role;
import dev.weir.model.Endpoint;
import dev.weir.model.Quoted;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * What a listener lets pass. A name that is not the listener's own, in {@code Host} or {@code
 * Origin}, means that a browser was led here by somebody else's page.
 */
final class Gate {

  private static final Pattern LOCALHOST = Pattern.compile("localhost(:[0-9]{1,5})?");

  private static final Pattern HOST = Pattern.compile("(.+?)(?::([0-9]{1,5}))?");
  private static final Pattern IP = Pattern.compile("[0-9.]+|\\[[0-9a-f:]+]");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Offer offer;
  private final Endpoint listener;
  private final Optional<Certificates> certificates;
  private final Optional<Endpoint> forWrites;

  /**
   * @param certificates of an offer with TLS
   * @param forWrites the listener that takes writes, for the hint; absent when there is none
   */
  Gate(Offer offer, Optional<Certificates> certificates, Optional<Endpoint> forWrites) {
    this.offer = offer;
    this.listener = offer.endpoint();
    this.certificates = certificates;
    this.forWrites = forWrites;
  }

  Endpoint endpoint() {
    return listener;
  }

  Optional<Certificates> certificates() {
    return certificates;
  }

  /** Why a request is refused. */
  enum Refusal {
    FOREIGN_HOST,
    FOREIGN_ORIGIN,
    /** The caller's role does not allow it. */
    READ_ONLY,
    /** A token that is none, or holds no more. */
    BAD_TOKEN,
    /** Neither a token nor a certificate with a role, where one is needed. */
    UNAUTHENTICATED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a caller may do who shows nothing; absent: nothing at all. */
  Optional<Role> role() {
    return switch (listener) {
      case Endpoint.UnixSocket ignored -> Optional.of(Role.ADMIN);
      case Endpoint.Ip ignored ->
          offer.isLocal() || offer.tls().isEmpty() ? Optional.of(Role.VIEWER) : Optional.empty();
    };
  }

  /** What a caller with a certificate of this subject may do; absent where it gives no role. */
  Optional<Role> role(X500Principal subject) {
    return offer.tls().flatMap(tls -> Optional.ofNullable(tls.roles().get(subject)));
  }

  /**
   * Whether a request is refused.
   *
   * @param host the header; absent where an HTTP/1.0 client, never a browser, sends none
   */
  Optional<Refusal> refusal(Optional<String> host, Optional<String> origin) {
    if (host.isPresent() && !ours(host.get())) {
      return Optional.of(Refusal.FOREIGN_HOST);
    }
    if (origin.isPresent() && !(host.isPresent() && sameOrigin(host.get(), origin.get()))) {
      return Optional.of(Refusal.FOREIGN_ORIGIN);
    }
    return Optional.empty();
  }

  /** The answer to a refused request. */
  ApiProblem problem(Refusal refusal, Optional<String> host, Optional<String> origin) {
    return switch (refusal) {
      case FOREIGN_HOST ->
          new ApiProblem(
                  403,
                  "foreign-host",
                  "Host " + Quoted.of(host.orElse("")) + " is not this listener's")
              .hint("ask for " + hosts());
      case FOREIGN_ORIGIN ->
          new ApiProblem(
                  403,
                  "foreign-origin",
                  "Origin " + Quoted.of(origin.orElse("")) + " is not this listener's")
              .hint("requests of other sites' pages are not answered");
      case READ_ONLY ->
          new ApiProblem(403, "read-only", "a caller like this may not do that here")
              .hint(
                  forWrites
                          .map(socket -> "ask through " + socket)
                          .orElse("configure a listener unix:/PATH under api, whose callers may")
                      + ", or show a token that may: Authorization: Bearer ...");
      case BAD_TOKEN ->
          new ApiProblem(401, "bad-token", "the token is none of this Weir's, or has ended")
              .hint("weir token create NAME makes one");
      case UNAUTHENTICATED -> stranger(Optional.empty());
    };
  }

  /** The answer to somebody who is not known. */
  ApiProblem stranger(Optional<X500Principal> subject) {
    String who = subject.map(it -> Quoted.of(it.getName())).orElse("whoever shows nothing");
    return new ApiProblem(401, "unauthenticated", who + " has no role here")
        .hint(
            "show a token (Authorization: Bearer ..., for weir WEIR_TOKEN), or the client"
                + " certificate of a subject that this listener gives a role");
  }

  private boolean ours(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return switch (listener) {
      case Endpoint.UnixSocket ignored -> LOCALHOST.matcher(name).matches();
      case Endpoint.Ip ip ->
          (offer.isLocal() && isLoopback(ip, name))
              || ((certificates.isPresent() || !offer.isLocal()) && isReached(ip, name));
    };
  }

  private boolean isLoopback(Endpoint.Ip ip, String name) {
    return Set.of(ip.toString(), "localhost:" + ip.port()).contains(name)
        || (ip.port() == usualPort() && Set.of(literal(ip), "localhost").contains(name));
  }

  /**
   * Whether a host is one of a listener that others reach: whatever its certificate is for, and any
   * address, which no foreign page can have made up.
   */
  private boolean isReached(Endpoint.Ip ip, String name) {
    Matcher matcher = HOST.matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    String host = matcher.group(1);
    int port = matcher.group(2) == null ? usualPort() : Integer.parseInt(matcher.group(2));
    return port == ip.port()
        && (IP.matcher(host).matches()
            || certificates.filter(certificate -> certificate.isFor(host)).isPresent());
  }

  private int usualPort() {
    return certificates.isPresent() ? HTTPS : HTTP;
  }

  /** On a unix socket there is no page that could have asked. */
  private boolean sameOrigin(String host, String origin) {
    String scheme = certificates.isPresent() ? "https://" : "http://";
    return listener instanceof Endpoint.Ip && origin.equalsIgnoreCase(scheme + host);
  }

  private String hosts() {
    return switch (listener) {
      case Endpoint.UnixSocket ignored -> "localhost";
      case Endpoint.Ip ip ->
          offer.isLocal()
              ? ip + " or localhost:" + ip.port()
              : "an address of this machine, or a name of its certificate, with port " + ip.port();
    };
  }

  private static String literal(Endpoint.Ip ip) {
    String whole = ip.toString();
    return whole.substring(0, whole.lastIndexOf(':'));
  }

  /** The listener. */
  @Override
  public String toString() {
    return listener.toString();
  }
}
