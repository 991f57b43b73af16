package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.keeper.Refused;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are sent again. */
class ReplaysTest {

  private static final String PATH = "/v1/pools/web/members/web1";
  private static final String DRAIN = "{\"state\":\"drain\"}";

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

  private RawHttp.Reply patch(String key, String body) throws IOException {
    return RawHttp.send(api.unix, "PATCH", PATH, body, new String[] {"Idempotency-Key: " + key});
  }

  @Test
  void the_same_key_is_answered_as_the_first_time_and_done_once() throws IOException {
    RawHttp.Reply first = patch("k1", DRAIN);
    RawHttp.Reply enabled = RawHttp.write(api.unix, "PATCH", PATH, "{\"state\":\"ready\"}");
    RawHttp.Reply again = patch("k1", DRAIN);

    assertThat(first.status()).isEqualTo(200);
    assertThat(enabled.status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(weir.overrides("web")).isEmpty();
  }

  @Test
  void a_key_stands_for_one_request_only() throws IOException {
    assertThat(patch("k2", DRAIN).status()).isEqualTo(200);
    RawHttp.Reply other = patch("k2", "{\"state\":\"maint\"}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().text("type")).contains("urn:weir:problem:key-reused");
    assertThat(patch("no key", DRAIN).status()).isEqualTo(400);
  }

  @Test
  void what_was_refused_may_be_tried_again() throws IOException {
    weir.refuse(new Refused("not now"));
    assertThat(patch("k3", DRAIN).status()).isEqualTo(409);
    weir.takeAgain();
    assertThat(patch("k3", DRAIN).status()).isEqualTo(200);
  }
}
