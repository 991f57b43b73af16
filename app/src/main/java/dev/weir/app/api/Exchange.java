package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Refused;
import dev.weir.model.Quoted;
import dev.weir.spi.StoreException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the server library hands in into requests, and answers back. */
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final String REQUEST_ID = "X-Request-Id";
  private static final Duration GOODBYE = Duration.ofSeconds(1);
  private static final Pattern GOOD_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

  private final Map<String, Gate> gates = new HashMap<>();
  private final HttpMeters meters;
  private final Callers callers;
  private final Limits limits;
  private final Replays replays = new Replays();
  private final Set<Thread> streams = ConcurrentHashMap.newKeySet();

  /**
   * @param listeners a gate for each
   */
  Exchange(List<Gate> listeners, Routes routes, Limits limits) {
    listeners.forEach(gate -> gates.put(gate.toString(), gate));
    this.meters = routes.meters();
    this.callers = new Callers(routes);
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /** Lets a request pass or refuses it, before anything else is looked at. */
  void admit(Context context) throws ApiProblem {
    attend(core(context));
    var _ = context.header(REQUEST_ID, requestId(context));
    var _ = context.header("Cache-Control", "no-store");
    var _ = context.header("X-Content-Type-Options", "nosniff");
    Optional<String> host = Optional.ofNullable(context.header("Host"));
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    Gate gate = gate(context);
    Optional<Gate.Refusal> refusal = gate.refusal(host, origin);
    if (refusal.isPresent()) {
      meters.refused(refusal.get());
      throw gate.problem(refusal.get(), host, origin);
    }
  }

  /** Lets a caller do what a route does, or refuses it, before a body is read. */
  private Caller allowed(Context context, Route route)
      throws ApiProblem, IOException, InterruptedException {
    Caller caller = callers.of(core(context), gate(context));
    if (!caller.may(route.needs())) {
      meters.refused(Gate.Refusal.READ_ONLY);
      throw gate(context).problem(Gate.Refusal.READ_ONLY, Optional.empty(), Optional.empty());
    }
    return caller;
  }

  /** As long as a request is being answered, its connection is not closed for another one. */
  private static void attend(org.eclipse.jetty.server.Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Guests guests = request.getConnectionMetaData().getConnector().getBean(Guests.class);
    guests.asks(connection);
    org.eclipse.jetty.server.Request.addCompletionListener(
        request, ignored -> guests.answered(connection));
  }

  /** Answers by a route. */
  void answer(Context context, Route route) throws IOException {
    long start = System.nanoTime();
    try {
      Request request = request(context, route);
      request.checkQuery(route.parameters());
      write(context, route, replays.answer(route, request));
    } catch (ApiProblem problem) {
      refuse(context, problem);
    } catch (Refused refused) {
      refuse(context, new ApiProblem(409, "refused", String.valueOf(refused.getMessage())));
    } catch (StoreException e) {
      refuse(context, new ApiProblem(503, "not-durable", String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      refuse(context, new ApiProblem(503, "stopping", "Weir is stopping"));
    }
    meters.answered(
        route.path(),
        route.method().name(),
        context.res().getStatus(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Answers that a request is not answered as asked. */
  void refuse(Context context, ApiProblem problem) {
    var _ =
        context
            .status(problem.status())
            .result(Json.write(problem.body()))
            .contentType(ApiProblem.CONTENT_TYPE);
  }

  /** Answers after a fault of our own. */
  void failed(Exception fault, Context context) {
    LOG.error("api: {} {} failed", context.method(), context.path(), fault);
    refuse(context, new ApiProblem(500, "internal", "a fault in Weir; its log says more"));
  }

  /** What the library says of a request that no route answers. */
  static ApiProblem unrouted(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 -> new ApiProblem(404, "not-found", "nothing is here (expected: a path below /v1)");
      case 405 -> new ApiProblem(405, "method-not-allowed", "this method is not for this path");
      default -> new ApiProblem(e.getStatus(), "refused", String.valueOf(e.getMessage()));
    };
  }

  /** Answers what never became a request: broken, too large. */
  boolean malformed(
      org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : 400;
    JsonObject body = new ApiProblem(status, "malformed", "not a request that can be read").body();
    var _ = response.getHeaders().put(HttpHeader.CONTENT_TYPE, ApiProblem.CONTENT_TYPE);
    Content.Sink.write(response, true, Json.write(body), callback);
    return true;
  }

  /** Ends all streams, and gives them a moment to say goodbye. */
  void endStreams() {
    List<Thread> all = List.copyOf(streams);
    all.forEach(Thread::interrupt);
    try {
      for (Thread stream : all) {
        var _ = stream.join(GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Context context, Route route, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Json json -> {
        json.headers().forEach(context::header);
        var _ = context.status(json.status()).result(Json.write(json.body()) + "\n");
      }
      case Answer.Text text -> {
        var _ = context.status(text.status()).contentType(text.contentType()).result(text.body());
      }
      case Answer.Events events -> {
        meters.streamed(route.path(), route.method().name());
        stream(context, events.pump());
      }
    }
  }

  private void stream(Context context, Answer.Pump pump) throws IOException {
    var _ = context.contentType("text/event-stream");
    OutputStream out = context.res().getOutputStream();
    var _ = streams.add(Thread.currentThread());
    try {
      pump.run(text -> {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      });
    } catch (IOException e) {
      LOG.debug("api: the reader of a stream has gone: {}", e.toString());
    } catch (InterruptedException e) {
      LOG.debug("api: a stream ends because the server does");
    } finally {
      var _ = streams.remove(Thread.currentThread());
    }
  }

  private Request request(Context context, Route route)
      throws ApiProblem, IOException, InterruptedException {
    Caller caller = allowed(context, route);
    Map<String, String> query = new HashMap<>();
    for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
      if (parameter.getValue().isEmpty()) {
        throw ApiProblem.badRequest(
            "parameter %s (expected: its value as %%XX where it is no plain text)"
                .formatted(Quoted.of(parameter.getKey())));
      }
      query.put(parameter.getKey(), parameter.getValue().getFirst());
    }
    Map<String, String> headers = new HashMap<>();
    context.headerMap().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    String body = route.method().writes() ? body(context, route) : "";
    return new Request(caller, context.pathParamMap(), query, headers, body, requestId(context));
  }

  private String body(Context context, Route route) throws ApiProblem, IOException {
    if (context.req().getContentLengthLong() > limits.bodyBytes()) {
      throw tooLarge();
    }
    byte[] bytes;
    try (InputStream in = context.req().getInputStream()) {
      bytes = in.readNBytes(limits.bodyBytes() + 1);
    }
    if (bytes.length > limits.bodyBytes()) {
      throw tooLarge();
    }
    String type = Optional.ofNullable(context.contentType()).orElse("");
    String expected = XmlRpcRoutes.PATHS.contains(route.path()) ? "text/xml" : "application/json";
    if (bytes.length > 0 && !type.toLowerCase(Locale.ROOT).startsWith(expected)) {
      throw new ApiProblem(
          415, "unsupported-media-type", "Content-Type (expected: %s)".formatted(expected));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ApiProblem tooLarge() {
    return new ApiProblem(
        413, "too-large", "body (expected: at most %d bytes)".formatted(limits.bodyBytes()));
  }

  private Gate gate(Context context) {
    String listener = core(context).getConnectionMetaData().getConnector().getName();
    Gate gate = gates.get(listener);
    if (gate == null) {
      throw new IllegalStateException("no gate for the listener " + listener);
    }
    return gate;
  }

  private static org.eclipse.jetty.server.Request core(Context context) {
    return ServletContextRequest.getServletContextRequest(context.req());
  }

  /** The caller's own where it is harmless, else a new one; the same for a whole exchange. */
  private static String requestId(Context context) {
    String known = context.attribute(REQUEST_ID);
    if (known != null) {
      return known;
    }
    String given = context.header(REQUEST_ID);
    String id =
        given != null && GOOD_ID.matcher(given).matches()
            ? given
            : "%016x".formatted(ThreadLocalRandom.current().nextLong());
    context.attribute(REQUEST_ID, id);
    return id;
  }
}
