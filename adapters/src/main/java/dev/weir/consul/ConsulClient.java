package dev.weir.consul;

import dev.weir.model.Quoted;
import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpQuestion;
import dev.weir.net.LazyCalls;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks one agent. Every failure is an {@link IOException} with one line that names the agent. Safe
 * for several threads.
 */
public final class ConsulClient implements AutoCloseable {

  private static final int LARGEST = 64 * 1024 * 1024;

  private final ConsulOptions options;

  private final LazyCalls calls;

  /** A client of this agent; does no I/O yet. */
  public ConsulClient(ConsulOptions options) {
    this.options = options;
    this.calls = new LazyCalls(options.address().target(options.tls()));
  }

  /**
   * An answer and the index that it was true at.
   *
   * @param body absent when the agent knows nothing of that name
   */
  public record Indexed(long index, Optional<String> body) {}

  /**
   * Asks.
   *
   * @param path under {@code /v1}, encoded, without a query
   * @param query names and values, not encoded; of a name that ends in a space and a number only
   *     the name is sent, so that one can stand there several times
   * @param timeout for the whole answer
   * @throws RefusedException when the token may not ask that
   */
  public Indexed ask(String path, Map<String, String> query, Duration timeout)
      throws IOException, InterruptedException {
    HttpQuestion question = HttpQuestion.get("/v1" + path + "?" + encoded(query));
    if (options.token().isPresent()) {
      question = question.with("X-Consul-Token", options.token().get().reveal());
    }
    HttpAnswer answer = calls.get().ask(question, timeout, LARGEST);
    if (answer.header("x-consul-results-filtered-by-acls").equals(Optional.of("true"))) {
      throw new RefusedException(
          "%s: the token may not see all of %s (expected: a token that may read it)"
              .formatted(options.address(), path));
    }
    if (answer.status() == 200) {
      return new Indexed(index(answer), Optional.of(answer.body()));
    }
    if (answer.status() == 404 && answer.header("x-consul-index").isPresent()) {
      return new Indexed(index(answer), Optional.empty());
    }
    throw failed(answer);
  }

  private String encoded(Map<String, String> query) {
    StringBuilder text = new StringBuilder();
    options.datacenter().ifPresent(name -> text.append("dc=").append(encoded(name)).append('&'));
    query.forEach((name, value) ->
        text.append(name.replaceFirst(" [0-9]+$", ""))
            .append('=')
            .append(encoded(value))
            .append('&'));
    return text.isEmpty() ? "" : text.substring(0, text.length() - 1);
  }

  /** As it stands in a path or a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private long index(HttpAnswer answer) throws IOException {
    String index = answer.header("x-consul-index").orElse("");
    if (!index.matches("[0-9]{1,18}")) {
      throw new IOException(
          "%s: not the answer of a Consul agent: no index, but %s"
              .formatted(options.address(), Quoted.of(answer.body())));
    }
    return Long.parseLong(index);
  }

  private IOException failed(HttpAnswer answer) {
    String said = answer.body().isBlank() ? "" : ": " + Quoted.of(answer.body().strip());
    String reason = "%s: status %d%s".formatted(options.address(), answer.status(), said);
    return answer.status() == 401 || answer.status() == 403
        ? new RefusedException(reason + " (expected: a token that may read this)")
        : new IOException(reason);
  }

  @Override
  public void close() {
    calls.close();
  }
}
