package dev.weir.source.aws.sdk;

import dev.weir.source.aws.AwsAccount;
import dev.weir.source.aws.ThrottledException;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What becomes of answers: of errors of AWS, of the network, and of answers that are none. */
final class Answers {

  /** Errors that stay until somebody changes a key or a right. */
  private static final Set<String> REFUSALS =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "ExpiredToken",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnauthorizedOperation",
          "UnrecognizedClientException",
          "ValidationError");

  /** What the SDK says of an answer in which AWS says no number: an answer of somebody else. */
  private static final String NO_REQUEST = "UNKNOWN";

  private final AwsAccount account;
  private final TidyHttp http;

  Answers(AwsAccount account, TidyHttp http) {
    this.account = account;
    this.http = http;
  }

  /** Makes a call. */
  <R extends AwsResponse> R of(Supplier<R> call) throws IOException, InterruptedException {
    try {
      R answer = call.get();
      if (answer.responseMetadata() == null
          || NO_REQUEST.equals(answer.responseMetadata().requestId())) {
        throw new IOException(account + ": not an answer of AWS");
      }
      return answer;
    } catch (AwsServiceException failed) {
      throw error(failed);
    } catch (UncheckedIOException secret) {
      throw secret.getCause();
    } catch (AbortedException interrupted) {
      boolean ignored = Thread.interrupted();
      throw new InterruptedException();
    } catch (SdkClientException failed) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new IOException(line(account + ": " + innermost(failed)), failed);
    } finally {
      http.tidy();
    }
  }

  private IOException error(AwsServiceException failed) {
    AwsErrorDetails details = failed.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String says = details == null || details.errorMessage() == null ? "" : details.errorMessage();
    String line =
        line("%s: status %d %s %s".formatted(account, failed.statusCode(), code, says).strip());
    if (failed.isThrottlingException()) {
      return new ThrottledException(line);
    }
    return REFUSALS.contains(code) ? new RefusedException(line) : new IOException(line, failed);
  }

  /** The SDK wraps what happened several times. */
  private static String innermost(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static String line(String text) {
    return text.replaceAll("\\R", " ");
  }
}
