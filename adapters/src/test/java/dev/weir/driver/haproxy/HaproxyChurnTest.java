package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ServerState;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many changes, many members, and clients that must not notice. */
@RequiresServer(Server.HAPROXY)
class HaproxyChurnTest {

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void clientsNotice200LiveChangesNeitherByAFailureNorByACutConnection() throws Exception {
    try (Site site = new Site("");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      site.start(site.ready(0, 1));
      long worker = site.haproxy.worker();
      for (int i = 0; i < 4; i++) {
        clients.execute(() -> keepAlive(site.haproxy.port(0)));
        clients.execute(() -> newConnections(site));
      }
      List<Duration> took = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long start = System.nanoTime();
        DesiredState next = i % 2 == 0 ? site.ready(0, 2) : site.ready(1, 2);
        Outcome outcome = site.applyOnce(next);
        assertThat(outcome).isEqualTo(new Outcome.Applied(next.fingerprint(), Outcome.Way.LIVE));
        took.add(Duration.ofNanos(System.nanoTime() - start));
        assertThat(site.driver.upkeep()).isNotNull();
      }
      over.set(true);
      clients.shutdown();
      assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(failed).as("failed of %s", answered).hasValue(0);
      assertThat(cut).as("cut kept-alive connections").hasValue(0);
      assertThat(answered).hasValueGreaterThan(200);
      assertThat(site.haproxy.worker()).as("the worker, never reloaded").isEqualTo(worker);
      took.sort(Duration::compareTo);
      assertThat(took.get(100)).as("median of %s", took).isLessThan(Duration.ofMillis(50));
    }
  }

  private void newConnections(Site site) {
    while (!over.get()) {
      try {
        boolean good = site.client().ask(1).getFirst().status() == 200;
        (good ? answered : failed).incrementAndGet();
      } catch (IOException e) {
        failed.incrementAndGet();
      }
    }
  }

  private void keepAlive(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      while (!over.get()) {
        byte[] request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        (readAnswer(in) ? answered : failed).incrementAndGet();
      }
    } catch (IOException e) {
      cut.incrementAndGet();
    }
  }

  private static boolean readAnswer(BufferedReader in) throws IOException {
    String status = in.readLine();
    if (status == null) {
      throw new IOException("closed");
    }
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    assertThat(in.skip(length)).isEqualTo(length);
    return status.startsWith("HTTP/1.1 200");
  }

  @Test
  void aThousandMembersComeAndHalfOfThemGoInBatches() throws Exception {
    try (Site site = new Site("")) {
      site.start(site.ready(0));
      long worker = site.haproxy.worker();
      DesiredState thousand = many(1000);
      Plan plan = site.plan(thousand);
      assertThat(plan).isInstanceOf(Plan.Live.class);
      assertThat(site.driver.apply(plan)).isInstanceOf(Outcome.Applied.class);
      assertThat(site.plan(thousand)).isInstanceOf(Plan.InSync.class);
      site.converge(many(500));
      site.upkeep(5);
      assertThat(ServersState.read(site.haproxy.say("show servers state " + Site.AS)).values())
          .singleElement()
          .satisfies(rows -> {
            assertThat(rows).hasSize(500);
            assertThat(rows).allMatch(row -> row.state() == ServerState.READY);
          });
      assertThat(site.haproxy.worker()).isEqualTo(worker);
      assertThat(site.haproxy.check()).isEmpty();
      assertThat(Arrays.stream(Files.readString(site.haproxy.own).split("\n")))
          .filteredOn(line -> line.startsWith("  server "))
          .hasSize(500);
    }
  }

  private static DesiredState many(int count) {
    Wanted pool = Wanted.pool(Site.WEB);
    for (int i = 0; i < count; i++) {
      pool.ready("m%04d".formatted(i), RealHaproxy.nowhere(i));
    }
    return Wanted.state(pool);
  }
}
