package dev.weir.kv.etcd;

import dev.weir.kv.etcd.EtcdJson.Newest;
import dev.weir.kv.etcd.EtcdJson.Snapshot;
import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpOrigin;
import dev.weir.net.HttpQuestion;
import dev.weir.net.LazyCalls;
import dev.weir.net.LineStream;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The few calls of one member's JSON gateway that reading needs. Every failure is an {@link
 * IOException} with one line that names the member. Safe for several threads.
 */
final class EtcdClient implements AutoCloseable {

  private static final int LARGEST = 256 * 1024 * 1024;
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  private final HttpOrigin endpoint;
  private final EtcdOptions options;
  private final Duration timeout;
  private final AtomicReference<Optional<String>> token = new AtomicReference<>(Optional.empty());

  private final LazyCalls calls;

  EtcdClient(HttpOrigin endpoint, EtcdOptions options, Duration timeout) {
    this.endpoint = endpoint;
    this.options = options;
    this.calls = new LazyCalls(endpoint.target(options.tls()));
    this.timeout = timeout;
  }

  /** Everything in these ranges, at one revision. */
  Snapshot read(KeyRanges ranges) throws IOException, InterruptedException {
    return EtcdJson.snapshot(ask("/v3/kv/txn", EtcdJson.readQuestion(ranges)));
  }

  /** What is newest in these ranges; takes no more than one key of each. */
  Newest newest(KeyRanges ranges) throws IOException, InterruptedException {
    return EtcdJson.newest(ask("/v3/kv/txn", EtcdJson.newestQuestion(ranges)));
  }

  /** What happens in these ranges from a revision on; the caller closes it. */
  LineStream watch(KeyRanges ranges, long revision) throws IOException, InterruptedException {
    HttpQuestion question =
        HttpQuestion.post("/v3/watch", EtcdJson.watchQuestion(ranges, revision));
    return LineStream.of(calls.get().stream(authorized(question), timeout), LONGEST_LINE);
  }

  /**
   * Asks for something of version 2, where users log in with each question.
   *
   * @param patience for the whole answer
   * @return absent when there was none in time
   */
  Optional<HttpAnswer> get(String path, Duration patience)
      throws IOException, InterruptedException {
    HttpQuestion question = HttpQuestion.get(path);
    if (options.login().isPresent()) {
      String pair = options.login().get().user() + ":" + options.login().get().password().reveal();
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      question =
          question.with("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    try {
      return Optional.of(calls.get().ask(question, patience, LARGEST));
    } catch (HttpTimeoutException late) {
      return Optional.empty();
    }
  }

  /** The failure of a member that has not answered. */
  IOException silent() {
    return new IOException("%s: no answer within %d ms".formatted(endpoint, timeout.toMillis()));
  }

  HttpOrigin endpoint() {
    return endpoint;
  }

  /** Asks with the token that there is, and with a new one when that has become invalid. */
  private String ask(String path, String json) throws IOException, InterruptedException {
    HttpQuestion question = HttpQuestion.post(path, json);
    if (options.login().isPresent() && token.get().isEmpty()) {
      authenticate(options.login().get());
    }
    HttpAnswer answer = calls.get().ask(authorized(question), timeout, LARGEST);
    if (options.login().isPresent() && EtcdErrors.tokenIsInvalid(answer)) {
      authenticate(options.login().get());
      answer = calls.get().ask(authorized(question), timeout, LARGEST);
    }
    return EtcdErrors.body(endpoint, answer);
  }

  private void authenticate(EtcdOptions.Login login) throws IOException, InterruptedException {
    String json = EtcdJson.loginQuestion(login.user(), login.password().reveal());
    HttpAnswer answer =
        calls.get().ask(HttpQuestion.post("/v3/auth/authenticate", json), timeout, LARGEST);
    token.set(Optional.of(EtcdJson.token(EtcdErrors.body(endpoint, answer))));
  }

  private HttpQuestion authorized(HttpQuestion question) {
    return token.get().map(value -> question.with("Authorization", value)).orElse(question);
  }

  @Override
  public void close() {
    calls.close();
  }
}
