package dev.weir.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;

/** A resolver that hangs holds nobody up. */
class BoundedResolverTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CountDownLatch hung = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void allAddressesOfANameAreTold() throws Exception {
    InetAddress one = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    InetAddress two = InetAddress.getByAddress(new byte[] {10, 0, 0, 2});
    BoundedResolver resolver = new BoundedResolver(host -> new InetAddress[] {one, two}, LONG);
    assertThat(resolved(resolver).get(20, TimeUnit.SECONDS))
        .containsExactly(new InetSocketAddress(one, 80), new InetSocketAddress(two, 80));
  }

  @Test
  void aNameThatDoesNotExistIsAFailure() {
    BoundedResolver resolver =
        new BoundedResolver(
            host -> {
              throw new UnknownHostException(host);
            },
            LONG);
    assertThatThrownBy(() -> resolved(resolver).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void aLookupThatHangsIsGivenUpAndNotBegunTwice() {
    BoundedResolver resolver = new BoundedResolver(this::hang, SHORT);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> resolved(resolver).get(20, TimeUnit.SECONDS))
          .cause()
          .hasMessage("consul.internal: not resolved within 50 ms");
    }
    assertThat(asked).hasValue(1);
    hung.countDown();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    BoundedResolver resolver = new BoundedResolver(this::hang, LONG);
    Promise.Completable<List<InetSocketAddress>> promise = new Promise.Completable<>();
    Thread caller =
        Thread.ofVirtual().start(() -> resolver.resolve("consul.internal", 80, Map.of(), promise));
    caller.interrupt();
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(promise).isCompletedExceptionally();
    hung.countDown();
  }

  private InetAddress[] hang(String host) {
    asked.incrementAndGet();
    try {
      hung.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new InetAddress[0];
  }

  private static Promise.Completable<List<InetSocketAddress>> resolved(BoundedResolver resolver) {
    Promise.Completable<List<InetSocketAddress>> promise = new Promise.Completable<>();
    resolver.resolve("consul.internal", 80, Map.of(), promise);
    return promise;
  }
}
