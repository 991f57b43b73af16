package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Refused;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.DesiredMember;
import dev.weir.model.PoolId;
import dev.weir.model.Quoted;
import dev.weir.spi.StoreException;
import dev.weir.xmlrpc.MethodCall;
import dev.weir.xmlrpc.MethodResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The methods of the XML-RPC interface, carried out by the routes that do the same. A decision is
 * answered when every proxy has confirmed it. Faults have the code 1; their text begins with the
 * reason as a number.
 */
final class XmlRpcMethods {

  /** How long a decision may take until the proxies have it. */
  private static final String WAIT = "30s";

  private static final int FAULT = 1;
  private static final int MOST_CALLS = 1_000;

  private final View view;
  private final List<Route> routes;
  private final SortedMap<String, Described> methods = new TreeMap<>();

  /** Carries out one method. */
  @FunctionalInterface
  private interface Body {
    Object call(List<String> arguments, Request request)
        throws ApiProblem, Refused, StoreException, InterruptedException;
  }

  /**
   * A method.
   *
   * @param signature its result and its parameters, by type
   */
  private record Described(List<String> signature, String help, Body body) {}

  XmlRpcMethods(View view, List<Route> routes) {
    this.view = view;
    this.routes = List.copyOf(routes);
    String member = "Pool, and member as IP:PORT.";
    describe("get_pools", "The names of all pools.", List.of("array"), (a, r) -> pools());
    describe(
        "get_members",
        "The members of a pool that take traffic, as IP:PORT.",
        List.of("array", "string"),
        (a, r) -> members(a.getFirst()));
    describe(
        "get_member_states",
        "Every member of a pool: member, state (enabled, disabled, unhealthy), weight.",
        List.of("array", "string"),
        (a, r) -> states(a.getFirst()));
    change("disable_member", "Takes a member out until it is enabled. " + member, this::disable);
    change("enable_member", "Lets health decide about a member again. " + member, this::enable);
    change("add_member", "Adds a member. " + member, this::add);
    change("remove_member", "Removes a member. " + member, this::remove);
    describe(
        "system.listMethods",
        "The names of all methods.",
        List.of("array"),
        (a, r) -> List.copyOf(methods.keySet()));
    describe(
        "system.methodHelp",
        "What a method does.",
        List.of("string", "string"),
        (a, r) -> described(a.getFirst()).help());
    describe(
        "system.methodSignature",
        "What a method returns and takes.",
        List.of("array", "string"),
        (a, r) -> List.of(described(a.getFirst()).signature()));
    describe("system.multicall", "Several calls at once.", List.of("array", "array"), (a, r) -> "");
  }

  private void describe(String name, String help, List<String> signature, Body body) {
    var _ = methods.put(name, new Described(signature, help, body));
  }

  private void change(String name, String help, Body body) {
    describe(
        name,
        help,
        List.of("boolean", "string", "string"),
        (arguments, request) -> {
          if (!request.caller().may(Role.OPERATOR)) {
            throw new ApiProblem(403, "read-only", "this listener only reads");
          }
          return body.call(arguments, request);
        });
  }

  /** Carries out a call; whatever goes wrong is a fault. */
  MethodResponse answer(MethodCall call, Request request)
      throws StoreException, InterruptedException {
    try {
      return call.method().equals("system.multicall")
          ? new MethodResponse.Value(several(call, request))
          : new MethodResponse.Value(one(call, request));
    } catch (ApiProblem problem) {
      return fault(problem.status(), String.valueOf(problem.getMessage()));
    } catch (Refused refused) {
      return fault(409, String.valueOf(refused.getMessage()));
    }
  }

  private static MethodResponse.Fault fault(int reason, String message) {
    return new MethodResponse.Fault(FAULT, "%d: %s".formatted(reason, message));
  }

  private Object one(MethodCall call, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Described method = described(call.method());
    List<String> arguments = new ArrayList<>();
    for (Object parameter : call.parameters()) {
      if (!(parameter instanceof String text)) {
        throw ApiProblem.badRequest(
            "parameter %d (expected: a string)".formatted(arguments.size()));
      }
      arguments.add(text);
    }
    int expected = method.signature().size() - 1;
    if (arguments.size() != expected) {
      throw ApiProblem.badRequest(
          "%s: %d parameters (expected: %d)".formatted(call.method(), arguments.size(), expected));
    }
    return method.body().call(arguments, request);
  }

  /** Each result in a list of its own, each fault as its structure. */
  private List<Object> several(MethodCall call, Request request)
      throws ApiProblem, StoreException, InterruptedException {
    if (call.parameters().size() != 1
        || !(call.parameters().getFirst() instanceof List<?> calls)
        || calls.size() > MOST_CALLS) {
      throw ApiProblem.badRequest("system.multicall (expected: one list, of at most 1,000 calls)");
    }
    List<Object> results = new ArrayList<>();
    for (Object inner : calls) {
      MethodResponse response =
          inner instanceof Map<?, ?> map
                  && map.get("methodName") instanceof String name
                  && !name.equals("system.multicall")
                  && map.get("params") instanceof List<?> parameters
              ? answer(new MethodCall(name, List.copyOf(parameters)), request)
              : fault(400, "a call in system.multicall (expected: methodName and params)");
      results.add(
          switch (response) {
            case MethodResponse.Value value -> List.of(value.value());
            case MethodResponse.Fault fault -> fault.asStruct();
          });
    }
    return results;
  }

  private Described described(String name) throws ApiProblem {
    Described method = methods.get(name);
    if (method == null) {
      throw new ApiProblem(
          404, "no-such-method", "method \"%s\" is not supported".formatted(Quoted.of(name)));
    }
    return method;
  }

  // ---- reading

  private List<String> pools() {
    return view.inputs().pools().keySet().stream().sorted().map(PoolId::value).toList();
  }

  private List<String> members(String pool) throws ApiProblem {
    return roster(pool).entries().stream()
        .filter(entry -> entry.state().equals("ready"))
        .map(entry -> entry.id().address().toString())
        .toList();
  }

  private List<Map<String, Object>> states(String pool) throws ApiProblem {
    List<Map<String, Object>> states = new ArrayList<>();
    for (Roster.Entry entry : roster(pool).entries()) {
      Map<String, Object> state = new LinkedHashMap<>();
      var _ = state.put("member", entry.id().address().toString());
      var _ = state.put("state", state(entry));
      var _ = state.put("weight", entry.desired().map(DesiredMember::weight).orElse(0));
      view.lastLook(entry.id()).ifPresent(look -> state.put("last_check", look.at()));
      states.add(state);
    }
    return states;
  }

  private static String state(Roster.Entry entry) {
    if (entry.state().equals("ready")) {
      return "enabled";
    }
    boolean decided =
        entry.knowledge().overrides().stream()
            .map(OverrideJson::action)
            .anyMatch(Set.of("disable", "drain", "remove")::contains);
    return decided ? "disabled" : "unhealthy";
  }

  private Roster roster(String pool) throws ApiProblem {
    return Roster.of(view, PoolRoutes.named(view.inputs(), pool));
  }

  // ---- deciding

  private Object disable(List<String> arguments, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    return decide(Method.PATCH, arguments, new JsonObject().with("state", "maint"), request);
  }

  private Object enable(List<String> arguments, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    return decide(Method.PATCH, arguments, new JsonObject().with("state", "ready"), request);
  }

  private Object remove(List<String> arguments, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    return decide(Method.DELETE, arguments, new JsonObject(), request);
  }

  /** A member that is there already is left as it is. */
  private Object add(List<String> arguments, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    String address = arguments.getLast();
    boolean known =
        roster(arguments.getFirst()).entries().stream()
            .anyMatch(entry ->
                entry.id().address().toString().equals(address) && entry.desired().isPresent());
    return known
        || confirmed(
            Method.POST,
            "/v1/pools/{pool}/members",
            request.as(
                Map.of("pool", arguments.getFirst()),
                Map.of(),
                new JsonObject().with("address", address)));
  }

  private Object decide(Method method, List<String> arguments, JsonObject body, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    return confirmed(
        method,
        "/v1/pools/{pool}/members/{name}",
        request.as(
            Map.of("pool", arguments.getFirst(), "name", arguments.getLast()),
            Map.of(Confirmation.PARAMETER, WAIT),
            body));
  }

  private boolean confirmed(Method method, String path, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Route route =
        routes.stream()
            .filter(it -> it.method() == method && it.path().equals(path))
            .findFirst()
            .orElseThrow();
    if (route.handler().handle(request) instanceof Answer.Json json && json.status() == 202) {
      String behind = String.join(", ", json.body().texts("waiting_for"));
      throw new ApiProblem(
          500,
          "not-confirmed",
          "decided, but not confirmed within %s by %s".formatted(WAIT, behind));
    }
    return true;
  }
}
