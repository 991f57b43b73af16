package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.PoolId;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events as they happen, without a gap when the connection is lost. */
class EventStreamTest {

  private static final Event.Subject WEB = Event.Subject.of(new PoolId("web"));

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private Served api;

  @BeforeEach
  void serve() throws SetupException {
    api = new Served(weir, folder, Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private RawHttp stream(String target, String header) throws IOException {
    RawHttp http = new RawHttp(api.loopback);
    http.write(
        "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n"
            .formatted(target, api.loopback, header));
    return http;
  }

  @Test
  void what_happens_is_told_at_once() throws IOException {
    try (RawHttp http = stream("/v1/events", "")) {
      String head = http.readUntil("retry: 1000");
      assertThat(head).contains("HTTP/1.1 200").containsIgnoringCase("text/event-stream");
      weir.happened(EventKind.POOL_EMPTY, WEB, "nobody is left");
      String event = http.readUntil("\n\n") + http.readUntil("\n\n");
      assertThat(event)
          .contains("id: 1\nevent: pool.empty\ndata: {\"id\":1,")
          .contains("\"msg\":\"nobody is left\"");
    }
  }

  @Test
  void a_reader_that_lost_its_connection_goes_on_where_it_was() throws IOException {
    for (int i = 1; i <= 5; i++) {
      weir.happened(EventKind.POOL_FILLED, WEB, "number " + i);
    }
    try (RawHttp http = stream("/v1/events", "Last-Event-ID: 3\r\n")) {
      String rest = http.readUntil("number 5");
      assertThat(rest).contains("id: 4\n", "id: 5\n").doesNotContain("number 3");
    }
  }

  @Test
  void a_stream_begins_at_a_time_and_is_about_one_pool_where_asked() throws IOException {
    weir.happened(EventKind.WEIR_STARTED, Event.Subject.WEIR, "started");
    weir.happened(EventKind.POOL_EMPTY, WEB, "nobody is left");
    try (RawHttp http = stream("/v1/events?since=1h&pool=web", "")) {
      assertThat(http.readUntil("nobody is left")).doesNotContain("weir.started");
    }
    RawHttp.Reply later =
        RawHttp.send(api.loopback, "GET", "/v1/events?since=2999-01-01T00:00:00Z");
    assertThat(later.json().objects("items")).isEmpty();
  }

  @Test
  void one_page_after_the_other() throws IOException {
    for (int i = 1; i <= 5; i++) {
      weir.happened(EventKind.POOL_FILLED, WEB, "number " + i);
    }
    JsonObject first = RawHttp.send(api.unix, "GET", "/v1/events?limit=3").json();
    assertThat(first.objects("items")).hasSize(3);
    String next = first.text("next").orElseThrow();
    JsonObject second = RawHttp.send(api.unix, "GET", "/v1/events?limit=3&cursor=" + next).json();
    assertThat(second.objects("items"))
        .extracting(event -> event.text("msg").orElseThrow())
        .containsExactly("number 4", "number 5");
    assertThat(second.text("next")).isEmpty();
  }

  @Test
  void nonsense_is_refused() throws IOException {
    assertThat(RawHttp.send(api.unix, "GET", "/v1/events?pool=nobody").status()).isEqualTo(404);
    assertThat(RawHttp.send(api.unix, "GET", "/v1/events?since=soon").status()).isEqualTo(400);
    try (RawHttp http = stream("/v1/events", "Last-Event-ID: -1\r\nConnection: close\r\n")) {
      assertThat(http.reply().status()).isEqualTo(400);
    }
  }

  @Test
  void streams_end_when_the_server_stops() throws Exception {
    try (RawHttp http = stream("/v1/events", "")) {
      String ignored = http.readUntil("retry: 1000");
      api.close();
      assertThat(http.readToEnd()).doesNotContain("event:");
    }
    api = new Served(weir, folder, Limits.DEFAULT);
  }

  @Test
  void readers_that_have_gone_are_not_counted() throws IOException {
    try (RawHttp http = stream("/v1/events", "")) {
      String ignored = http.readUntil("retry: 1000");
      assertThat(subscribers()).isEqualTo("1.0");
    }
    await()
        .untilAsserted(() -> {
          weir.happened(EventKind.POOL_FILLED, WEB, "anybody?");
          assertThat(subscribers()).isEqualTo("0.0");
        });
  }

  private String subscribers() throws IOException {
    return RawHttp.send(api.loopback, "GET", "/metrics")
        .body()
        .replaceFirst("(?s).*\nweir_event_subscribers ([0-9.]+)\n.*", "$1");
  }
}
