package dev.weir.app.cli;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Asks the API of a running Weir, a connection for each request. A client of its own, because the
 * JDK's knows no unix sockets and a library's would take longer to load than the command may last.
 */
final class ApiClient {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<Server> servers;
  private final String authorization;

  /**
   * @param servers tried in this order until one can be connected to
   * @param token shown with every request; absent to be known by the connection
   */
  ApiClient(List<Server> servers, Optional<String> token) {
    this.servers = List.copyOf(servers);
    this.authorization = token.map(it -> "Authorization: Bearer " + it + "\r\n").orElse("");
  }

  /** What tells it from other clients: where it asks first. */
  String name() {
    return servers.getFirst().toString();
  }

  /** A segment of a path, or a value in a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Reads an object. */
  JsonObject get(String target) throws CommandFailed {
    return send(new Call("GET", target, Optional.empty(), PATIENCE)).body();
  }

  /** Sends a write that is answered at once. */
  JsonObject write(String method, String target, Optional<JsonObject> body) throws CommandFailed {
    return send(new Call(method, target, body, PATIENCE)).body();
  }

  /** Reads a whole list, page by page. */
  List<JsonObject> list(String path) throws CommandFailed {
    List<JsonObject> all = new ArrayList<>();
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      String cursor = next.get().isEmpty() ? "" : "&cursor=" + encoded(next.get());
      JsonObject page = get(path + (path.contains("?") ? "&" : "?") + "limit=5000" + cursor);
      all.addAll(page.objects("items"));
      next = page.text("next");
    }
    return all;
  }

  /**
   * A request.
   *
   * @param patience how long its answer may take
   */
  record Call(String method, String target, Optional<JsonObject> body, Duration patience) {}

  /** A good answer. */
  record Done(int status, JsonObject body) {}

  /** Sends a request whose answer is an object. */
  Done send(Call call) throws CommandFailed {
    try (Wire wire = connect(call.patience())) {
      wire.write(request(call, host(wire.peer())).getBytes(StandardCharsets.UTF_8));
      Reply reply = Reply.read(wire);
      JsonObject body = Json.readObject(reply.text());
      if (reply.status() >= 400) {
        throw Refusals.of(reply.status(), body);
      }
      return new Done(reply.status(), body);
    } catch (IOException e) {
      throw noAnswer(e);
    } catch (JsonException e) {
      throw new CommandFailed(ExitCode.NO_ANSWER, "not an answer of Weir: " + e.getMessage());
    }
  }

  /** Opens a stream of events; whoever asks closes the wire. */
  Stream stream(String target, Optional<Long> lastEventId) throws CommandFailed {
    Wire wire = connect(Duration.ofSeconds(30));
    try {
      String resume = lastEventId.map(id -> "Last-Event-ID: " + id + "\r\n").orElse("");
      String head =
          "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s%sConnection: close\r\n\r\n"
              .formatted(target, host(wire.peer()), authorization, resume);
      wire.write(head.getBytes(StandardCharsets.UTF_8));
      Reply reply = Reply.read(wire);
      if (reply.status() >= 400) {
        throw Refusals.of(reply.status(), Json.readObject(reply.text()));
      }
      return new Stream(wire, reply);
    } catch (IOException | JsonException e) {
      closeQuietly(wire);
      throw noAnswer(e);
    } catch (CommandFailed e) {
      closeQuietly(wire);
      throw e;
    }
  }

  /** An open stream. */
  record Stream(Wire wire, Reply reply) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  private String request(Call call, String host) {
    String body = call.body().map(Json::write).orElse("");
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    return "%s %s HTTP/1.1\r\nHost: %s\r\n%s%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(call.method(), call.target(), host, authorization, type, length, body);
  }

  private Wire connect(Duration patience) throws CommandFailed {
    Optional<IOException> first = Optional.empty();
    for (Server server : servers) {
      try {
        return server.connect(patience);
      } catch (IOException e) {
        first = first.isPresent() ? first : Optional.of(e);
      }
    }
    throw noAnswer(first.orElseGet(() -> new IOException("nowhere to ask")));
  }

  private CommandFailed noAnswer(Exception e) {
    return new CommandFailed(
        ExitCode.NO_ANSWER,
        "no Weir answers at %s: %s"
            .formatted(servers, Terminal.safe(String.valueOf(e.getMessage()))),
        Optional.of(
            e instanceof SSLException
                ? "--ca names the certificates to trust, --cert and --key who you are"
                : "is it running? weir run starts it; --server or WEIR_SERVER says where it is"));
  }

  private static String host(Address server) {
    return server instanceof Endpoint.UnixSocket ? "localhost" : server.toString();
  }

  private static void closeQuietly(Wire wire) {
    try {
      wire.close();
    } catch (IOException ignored) {
      // the failure that led here says more
    }
  }
}
