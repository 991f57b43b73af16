package dev.weir.kv.etcd;

import dev.weir.model.Quoted;
import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpOrigin;
import dev.weir.net.HttpOrigin.Scheme;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.util.Set;

/** What a member means when it answers with something else than it was asked for. */
final class EtcdErrors {

  /** Codes of gRPC that stand for a question that will be refused again. */
  private static final Set<Integer> REFUSALS = Set.of(3, 7, 9, 16);

  private static final int UNAVAILABLE = 14;
  private static final int UNAUTHENTICATED = 16;

  private EtcdErrors() {}

  static boolean tokenIsInvalid(HttpAnswer answer) {
    return answer.status() != 200 && EtcdJson.error(answer.body()).code() == UNAUTHENTICATED;
  }

  /**
   * The body of a good answer.
   *
   * @throws IOException for any other, with what the member said and what to do
   */
  static String body(HttpOrigin endpoint, HttpAnswer answer) throws IOException {
    if (answer.status() == 200) {
      return answer.body();
    }
    if (answer.status() == 404) {
      throw new IOException(
          endpoint
              + ": status 404 (expected: for etcd, 3.4 or newer with its gRPC gateway enabled; for"
              + " etcd2, a server with --enable-v2)");
    }
    EtcdJson.Failure failure = EtcdJson.error(answer.body());
    String said = "%s: %s".formatted(endpoint, said(answer, failure));
    if (endpoint.scheme() == Scheme.HTTPS && isGatewayCutOff(failure)) {
      throw new IOException(
          said
              + " (etcd's gateway calls etcd with the server's own certificate: with"
              + " --client-cert-auth that certificate needs the extended key usage clientAuth,"
              + " beside serverAuth)");
    }
    boolean refused =
        answer.status() == 401 || answer.status() == 403 || REFUSALS.contains(failure.code());
    throw refused ? new RefusedException(said) : new IOException(said);
  }

  private static String said(HttpAnswer answer, EtcdJson.Failure failure) {
    return failure.message().isEmpty()
        ? "status %d".formatted(answer.status())
        : Quoted.of(failure.message());
  }

  /** Whether the gateway has lost etcd itself, which speaks of its own troubles otherwise. */
  private static boolean isGatewayCutOff(EtcdJson.Failure failure) {
    return failure.code() == UNAVAILABLE && !failure.message().startsWith("etcdserver:");
  }
}
