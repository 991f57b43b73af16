package dev.weir.app.api;

import dev.weir.model.AccessToken.Role;
import dev.weir.model.Endpoint;
import dev.weir.model.Quoted;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a listener lets pass. A name that is not the listener's own, in {@code Host} or {@code
 * Origin}, means that a browser was led here by somebody else's page.
 */
final class Gate {

  private static final Pattern LOCALHOST = Pattern.compile("localhost(:[0-9]{1,5})?");

  private final Endpoint listener;
  private final Optional<Endpoint> forWrites;

  /**
   * @param forWrites the listener that takes writes, for the hint; absent when there is none
   */
  Gate(Endpoint listener, Optional<Endpoint> forWrites) {
    this.listener = listener;
    this.forWrites = forWrites;
  }

  /** Why a request is refused. */
  enum Refusal {
    FOREIGN_HOST,
    FOREIGN_ORIGIN,
    /** The caller's role does not allow it. */
    READ_ONLY,
    /** A token that is none, or holds no more. */
    BAD_TOKEN;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a caller may do who shows no token. */
  Role role() {
    return switch (listener) {
      case Endpoint.UnixSocket ignored -> Role.ADMIN;
      case Endpoint.Ip ignored -> Role.VIEWER;
    };
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
    };
  }

  private boolean ours(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return switch (listener) {
      case Endpoint.UnixSocket ignored -> LOCALHOST.matcher(name).matches();
      case Endpoint.Ip ip ->
          Set.of(ip.toString(), "localhost:" + ip.port()).contains(name)
              || (ip.port() == 80 && Set.of(literal(ip), "localhost").contains(name));
    };
  }

  /** On a unix socket there is no page that could have asked. */
  private boolean sameOrigin(String host, String origin) {
    return listener instanceof Endpoint.Ip && origin.equalsIgnoreCase("http://" + host);
  }

  private String hosts() {
    return switch (listener) {
      case Endpoint.UnixSocket ignored -> "localhost";
      case Endpoint.Ip ip -> ip + " or localhost:" + ip.port();
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
