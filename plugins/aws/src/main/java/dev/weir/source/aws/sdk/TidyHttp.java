package dev.weir.source.aws.sdk;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that closes the connection of each call, whatever has become of it: the SDK leaves
 * one open when it is interrupted at certain moments. Safe for any thread.
 */
final class TidyHttp implements SdkHttpClient {

  private final SdkHttpClient client;

  /** What each thread has asked for last. */
  private final Map<Thread, ExecutableHttpRequest> asked = new ConcurrentHashMap<>();

  TidyHttp(SdkHttpClient client) {
    this.client = client;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    asked.put(Thread.currentThread(), prepared);
    return prepared;
  }

  /** Closes the connection of this thread's call, after it. */
  void tidy() {
    Optional.ofNullable(asked.remove(Thread.currentThread()))
        .ifPresent(ExecutableHttpRequest::abort);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
