package dev.weir.source.docker;

import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpCalls;
import dev.weir.net.HttpTarget;
import dev.weir.net.LineStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The few calls of a Docker Engine's API that discovery needs, in a version that the engine speaks.
 * Every failure is an {@link IOException} with one line that says what happened.
 */
final class EngineApi {

  /** The newest version whose every detail used here is known. */
  private static final ProtocolVersion WANTED = new ProtocolVersion(1, 41);

  /** The oldest that names what is used here. */
  private static final ProtocolVersion OLDEST = new ProtocolVersion(1, 24);

  private static final int LARGEST = 64 * 1024 * 1024;

  /** No event is longer; one that is comes from no engine. */
  private static final int LONGEST_EVENT = 1024 * 1024;

  private static final String EVENTS =
      filters("type", List.of("container", "network"))
          .replaceFirst("}$", "")
          .concat(",\"event\":")
          .concat(
              quoted(
                  List.of(
                      "start",
                      "die",
                      "destroy",
                      "kill",
                      "pause",
                      "unpause",
                      "rename",
                      "health_status",
                      "connect",
                      "disconnect")))
          .concat("}");

  private final HttpCalls calls;
  private final HttpTarget target;
  private final Duration timeout;
  private final ProtocolVersion version;

  private EngineApi(HttpCalls calls, HttpTarget target, Duration timeout, ProtocolVersion version) {
    this.calls = calls;
    this.target = target;
    this.timeout = timeout;
    this.version = version;
  }

  /** Agrees on a version with the engine. */
  static EngineApi negotiate(HttpCalls calls, HttpTarget target, Duration timeout)
      throws IOException, InterruptedException {
    EngineJson.Versions versions =
        EngineJson.versions(body(calls.get("/version", timeout, LARGEST), target));
    if (versions.newest().compareTo(OLDEST) < 0) {
      throw new IOException(
          "%s speaks API %s (expected: %s or newer)".formatted(target, versions.newest(), OLDEST));
    }
    ProtocolVersion common = WANTED.compareTo(versions.newest()) < 0 ? WANTED : versions.newest();
    ProtocolVersion version = common.compareTo(versions.oldest()) < 0 ? versions.oldest() : common;
    return new EngineApi(calls, target, timeout, version);
  }

  /** All containers that run or are paused. */
  List<Container> running() throws IOException, InterruptedException {
    return EngineJson.containers(ask("/containers/json"));
  }

  /** Those of these containers that run or are paused. */
  List<Container> running(Collection<String> ids) throws IOException, InterruptedException {
    return EngineJson.containers(ask("/containers/json?filters=" + encoded(filters("id", ids))));
  }

  /** What has become of containers that run no more, by id. */
  EngineJson.Stopped stopped() throws IOException, InterruptedException {
    return EngineJson.stopped(ask("/containers/json?all=1"));
  }

  /** More about one container; absent when there is none of this id. */
  Optional<EngineJson.Details> details(String id) throws IOException, InterruptedException {
    HttpAnswer answer = calls.get(path("/containers/" + encoded(id) + "/json"), timeout, LARGEST);
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(EngineJson.details(body(answer, target)));
  }

  /** What happens from now on, an event a line; the caller closes it. */
  LineStream events() throws IOException, InterruptedException {
    return LineStream.of(
        calls.stream(path("/events?filters=" + encoded(EVENTS)), timeout), LONGEST_EVENT);
  }

  private String ask(String path) throws IOException, InterruptedException {
    return body(calls.get(path(path), timeout, LARGEST), target);
  }

  private String path(String path) {
    return "/v" + version + path;
  }

  private static String body(HttpAnswer answer, HttpTarget target) throws IOException {
    if (answer.status() != 200) {
      throw new IOException(
          "%s: status %d%s".formatted(target, answer.status(), EngineJson.message(answer.body())));
    }
    return answer.body();
  }

  private static String filters(String key, Collection<String> values) {
    return "{\"" + key + "\":" + quoted(values) + "}";
  }

  /** The values as a list in JSON; none has a character that would need escaping. */
  private static String quoted(Collection<String> values) {
    return values.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
