package dev.weir.app.api;

import dev.weir.engine.keeper.Refused;
import dev.weir.model.AccessToken.Role;
import dev.weir.spi.StoreException;
import java.util.Set;

/**
 * One thing the API answers.
 *
 * @param path with parameters in braces
 * @param parameters the names that the query may have; any other is refused
 * @param needs what a caller has to be
 */
record Route(Method method, String path, Set<String> parameters, Role needs, Handler handler) {

  Route {
    parameters = Set.copyOf(parameters);
  }

  /** Reading needs a viewer, writing an operator. */
  Route(Method method, String path, Set<String> parameters, Handler handler) {
    this(method, path, parameters, method.writes() ? Role.OPERATOR : Role.VIEWER, handler);
  }

  /** The same for callers of this role. */
  Route needing(Role role) {
    return new Route(method, path, parameters, role, handler);
  }

  static Route get(String path, Set<String> parameters, Handler handler) {
    return new Route(Method.GET, path, parameters, handler);
  }

  /** Answers a request, on a virtual thread of its own. */
  @FunctionalInterface
  interface Handler {
    Answer handle(Request request) throws ApiProblem, Refused, StoreException, InterruptedException;
  }
}
