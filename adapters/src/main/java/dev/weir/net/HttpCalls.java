package dev.weir.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Transport;

/**
 * A client of one HTTP server: blocking calls with a deadline and a bound on the answer, and
 * streams without an end. Keeps connections. Safe for several threads; an interrupt ends a call.
 */
public final class HttpCalls implements AutoCloseable {

  private final HttpTarget target;
  private final Wired wired;
  private final HttpFailures failures;

  private HttpCalls(HttpTarget target, Wired wired) {
    this.target = target;
    this.wired = wired;
    this.failures = new HttpFailures(target);
  }

  /**
   * Opens a client; connects with the first call only.
   *
   * @throws IOException when the files for TLS cannot be used
   */
  public static HttpCalls to(HttpTarget target) throws IOException, InterruptedException {
    HttpCalls calls = new HttpCalls(target, Wired.to(target));
    if (Thread.interrupted()) {
      calls.close();
      throw new InterruptedException();
    }
    return calls;
  }

  /**
   * Asks and takes the whole answer.
   *
   * @param path with query, encoded
   * @param timeout for all of it
   * @param largest the most bytes that are taken
   * @throws IOException when there is no whole answer, with one line that says why
   */
  public HttpAnswer get(String path, Duration timeout, int largest)
      throws IOException, InterruptedException {
    return ask(HttpQuestion.get(path), timeout, largest);
  }

  /**
   * Asks and takes the whole answer.
   *
   * @param timeout for all of it
   * @param largest the most bytes that are taken
   * @throws HttpTimeoutException when there is no whole answer in time
   * @throws IOException when there is no whole answer, with one line that says why
   */
  public HttpAnswer ask(HttpQuestion question, Duration timeout, int largest)
      throws IOException, InterruptedException {
    Request request =
        request(question)
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .idleTimeout(0, TimeUnit.MILLISECONDS);
    try (InputStreamResponseListener listener = new InputStreamResponseListener()) {
      Response response = begin(request, listener, timeout);
      byte[] body = body(listener, question, new Bounds(timeout, largest));
      return HttpAnswer.of(response.getStatus(), headers(response), body);
    }
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : response.getHeaders()) {
      String value = field.getValue();
      headers.put(field.getLowerCaseName(), value == null ? "" : value);
    }
    return headers;
  }

  /**
   * Asks for an answer that does not end.
   *
   * @param path with query, encoded
   * @param timeout until it begins
   * @return open; the caller closes it
   * @throws IOException when it does not begin with status 200, with one line that says why
   */
  public InputStream stream(String path, Duration timeout)
      throws IOException, InterruptedException {
    return stream(HttpQuestion.get(path), timeout);
  }

  /**
   * Asks for an answer that does not end.
   *
   * @param timeout until it begins
   * @return open; the caller closes it
   * @throws IOException when it does not begin with status 200, with one line that says why
   */
  public InputStream stream(HttpQuestion question, Duration timeout)
      throws IOException, InterruptedException {
    Request request = request(question).idleTimeout(0, TimeUnit.MILLISECONDS);
    InputStreamResponseListener listener = new InputStreamResponseListener();
    try {
      Response response = begin(request, listener, timeout);
      if (response.getStatus() != 200) {
        throw new IOException("%s%s: status %d".formatted(target, question, response.getStatus()));
      }
      return listener.getInputStream();
    } catch (IOException | InterruptedException failure) {
      abort(request, failure);
      listener.close();
      throw failure;
    }
  }

  private Request request(HttpQuestion question) {
    Questions.asked();
    Request request = wired.client().newRequest(scheme() + target.authority() + question.path());
    question.headers().forEach((name, value) -> request.headers(fields -> fields.put(name, value)));
    question
        .json()
        .ifPresent(json ->
            request
                .method(HttpMethod.POST)
                .body(new StringRequestContent("application/json", json)));
    return switch (target) {
      case HttpTarget.UnixSocket unix ->
          request.transport(new Transport.TCPUnix(Path.of(unix.socket().path())));
      case HttpTarget.Tcp tcp -> request;
      case HttpTarget.Tls tls -> request;
    };
  }

  private String scheme() {
    return switch (target) {
      case HttpTarget.UnixSocket unix -> "http://";
      case HttpTarget.Tcp tcp -> "http://";
      case HttpTarget.Tls tls -> "https://";
    };
  }

  private Response begin(Request request, InputStreamResponseListener listener, Duration timeout)
      throws IOException, InterruptedException {
    request.send(listener);
    try {
      return listener.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw failures.late(timeout);
    } catch (ExecutionException failure) {
      throw failures.of(failure, "", timeout);
    } catch (InterruptedException interrupted) {
      abort(request, interrupted);
      throw interrupted;
    }
  }

  /** What an answer may take. */
  private record Bounds(Duration timeout, int largest) {}

  private byte[] body(InputStreamResponseListener listener, HttpQuestion question, Bounds bounds)
      throws IOException, InterruptedException {
    byte[] body;
    try (InputStream in = listener.getInputStream()) {
      body = in.readNBytes(bounds.largest() + 1);
    } catch (InterruptedIOException interrupted) {
      throw new InterruptedException();
    } catch (IOException broken) {
      throw failures.of(broken, "the answer broke off: ", bounds.timeout());
    }
    if (body.length > bounds.largest()) {
      throw new IOException(
          "%s%s: more than %d bytes".formatted(target, question, bounds.largest()));
    }
    return body;
  }

  private static void abort(Request request, Exception cause) {
    Future<Boolean> ignored = request.abort(cause); // ended either way
  }

  /** Ends all calls and connections, also for an interrupted thread; returns when that is done. */
  @Override
  public void close() {
    wired.close();
  }
}
