package dev.weir.net;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What is told of calls that failed, in one line that names the server. */
record HttpFailures(HttpTarget target) {

  private static boolean isLate(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  HttpTimeoutException late(Duration timeout) {
    return new HttpTimeoutException(target + ": no answer within " + timeout.toMillis() + " ms");
  }

  /** A failure, or that it took too long where that is what it was. */
  IOException of(Throwable failure, String before, Duration timeout) {
    return isLate(failure)
        ? late(timeout)
        : new IOException(target + ": " + before + reason(failure), failure);
  }

  /** The innermost of what is told about a failure, in one line. */
  private static String reason(Throwable failure) {
    Throwable inner = failure;
    boolean tls = false;
    for (Throwable next = inner.getCause(); next != null; next = next.getCause()) {
      inner = next;
      tls |= next instanceof SSLException;
    }
    String message = inner.getMessage();
    String line =
        message == null || message.isBlank()
            ? inner.getClass().getSimpleName()
            : message.lines().findFirst().orElse(message);
    return tls ? "TLS failed: " + line : line;
  }
}
