package dev.weir.app.api;

import dev.weir.model.AccessToken;
import dev.weir.model.AccessToken.Role;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who sends a request: by the token that is shown, else by the client certificate, else by
 * where it comes in. Safe for any thread.
 */
final class Callers {

  private static final Logger LOG = LoggerFactory.getLogger(Callers.class);
  private static final String BEARER = "Bearer ";

  /** So long does whoever guesses tokens wait for each. */
  private static final Duration PENANCE = Duration.ofSeconds(1);

  private final Tokens tokens;
  private final HttpMeters meters;
  private final Time time;
  private final Suspicion suspicion;

  Callers(Routes routes) {
    this.tokens = routes.tokens();
    this.meters = routes.meters();
    this.time = routes.time();
    this.suspicion = new Suspicion(routes.journal(), routes.time());
  }

  /**
   * Who sends a request.
   *
   * @throws ApiProblem when a token is shown that is none, after a while, or when somebody has to
   *     be known there and is not
   */
  Caller of(Request request, Gate gate) throws ApiProblem, IOException, InterruptedException {
    Optional<String> shown = Optional.ofNullable(request.getHeaders().get("Authorization"));
    if (shown.isPresent()) {
      return bearer(shown.get(), gate);
    }
    Optional<X500Principal> subject = Peer.subject(request);
    Optional<Role> certified = subject.flatMap(gate::role);
    if (certified.isPresent()) {
      return new Caller(subject.get().getName(), certified.get());
    }
    Role role = gate.role().orElseThrow(() -> stranger(gate, subject));
    return switch (role) {
      case ADMIN, OPERATOR -> new Caller(Peer.user(request), role);
      case VIEWER -> new Caller("anybody who comes here", role);
    };
  }

  private Caller bearer(String shown, Gate gate) throws ApiProblem, InterruptedException {
    Optional<AccessToken> token =
        Optional.of(shown)
            .filter(it -> it.startsWith(BEARER))
            .flatMap(it -> tokens.of(it.substring(BEARER.length())));
    if (token.isEmpty()) {
      meters.refused(Gate.Refusal.BAD_TOKEN);
      LOG.warn("api: a token that is not valid was shown at {}", gate);
      suspicion.wrongToken(gate.toString());
      time.sleep(PENANCE);
      throw gate.problem(Gate.Refusal.BAD_TOKEN, Optional.empty(), Optional.empty());
    }
    return new Caller(token.get().name(), token.get().role());
  }

  private ApiProblem stranger(Gate gate, Optional<X500Principal> subject) {
    meters.refused(Gate.Refusal.UNAUTHENTICATED);
    return gate.stranger(subject);
  }
}
