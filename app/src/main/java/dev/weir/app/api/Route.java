package dev.weir.app.api;

import dev.weir.engine.keeper.Refused;
import dev.weir.spi.StoreException;
import java.util.Set;

/**
 * One thing the API answers.
 *
 * @param path with parameters in braces
 * @param parameters the names that the query may have; any other is refused
 */
record Route(Method method, String path, Set<String> parameters, Handler handler) {

  Route {
    parameters = Set.copyOf(parameters);
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
