package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.AccessToken;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Quoted;
import dev.weir.spi.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Making, listing and revoking tokens. */
final class TokenRoutes {

  private final View view;

  TokenRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/tokens", Page.PARAMETERS, this::tokens).needing(Role.ADMIN),
        new Route(Method.POST, "/v1/tokens", Set.of(), this::create).needing(Role.ADMIN),
        new Route(Method.DELETE, "/v1/tokens/{name}", Set.of(), this::revoke).needing(Role.ADMIN));
  }

  private Answer tokens(Request request) throws ApiProblem {
    return Page.of(request).answer(view.tokens().all(), AccessToken::name, TokenRoutes::json);
  }

  /** The answer is the only one that has the secret. */
  private Answer create(Request request) throws ApiProblem, StoreException {
    WriteBody body = WriteBody.of(request, Set.of("name", "role"));
    String name = body.json().text("name").orElse("");
    Role role = role(body.json().text("role").orElse("viewer"));
    try {
      String secret = view.tokens().create(name, role, body.attribution(request, view));
      record(EventKind.TOKEN_CREATED, name, request, new Event.Change("none", lower(role)));
      return Answer.ok(
          new JsonObject().with("name", name).with("role", lower(role)).with("token", secret));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Answer revoke(Request request) throws ApiProblem, StoreException {
    String name = request.path("name");
    if (!view.tokens().revoke(name)) {
      throw new ApiProblem(404, "no-such-token", "no token is called " + Quoted.of(name))
          .hint("weir token list lists them");
    }
    record(EventKind.TOKEN_REVOKED, name, request, new Event.Change("valid", "none"));
    return Answer.ok(new JsonObject().with("name", name).with("revoked", true));
  }

  private void record(EventKind kind, String name, Request request, Event.Change change) {
    view.journal()
        .record(
            Event.of(view.time().now(), kind, Event.Subject.WEIR, "of " + name)
                .by(request.author(), change, Optional.empty()));
  }

  private static Role role(String word) throws ApiProblem {
    return switch (word) {
      case "viewer" -> Role.VIEWER;
      case "operator" -> Role.OPERATOR;
      case "admin" -> Role.ADMIN;
      default ->
          throw ApiProblem.badRequest(
              "role: %s (expected: viewer, operator or admin)".formatted(Quoted.of(word)));
    };
  }

  private static JsonObject json(AccessToken token) {
    OperatorOverride.Attribution by = token.attribution();
    return new JsonObject()
        .with("name", token.name())
        .with("role", lower(token.role()))
        .with("by", by.by())
        .with("at", by.at())
        .with("reason", by.reason())
        .with("until", by.until());
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
