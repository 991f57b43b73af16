package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.spi.SetupException;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How HTTP checks are written, and what is refused. */
final class HttpOptionsTest {

  private static HttpOptions with(String method, String path, Map<String, String> headers) {
    return Wanted.get(path).method(method).headers(headers).options();
  }

  @Test
  void nothing_written_is_a_get_of_the_root() {
    Shape.Shorthand<HttpOptions> shape =
        (Shape.Shorthand<HttpOptions>) HttpProbeType.http().options();

    assertThat(shape.main().name()).isEqualTo("path");
    assertThat(shape.mapping().build().apply(new Values.Builder().build()))
        .isEqualTo(HttpOptions.get("/"));
  }

  @Test
  void https_verifies_unless_told_otherwise() {
    Shape.Shorthand<HttpOptions> shape =
        (Shape.Shorthand<HttpOptions>) HttpProbeType.https().options();

    assertThat(shape.mapping().build().apply(new Values.Builder().build()).tls())
        .contains(Tls.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "healthz", "/a b", "/a\r\nX: y", "/ünï"})
  void refuses_what_is_no_path(String path) {
    assertThatThrownBy(() -> HttpOptions.get(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path: ")
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET ", "G\nT", "CONNECT"})
  void refuses_what_is_no_method(String method) {
    assertThatThrownBy(() -> with(method, "/", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("method: ");
  }

  @Test
  void refuses_headers_that_break_out_or_that_the_check_writes_itself() {
    assertThatThrownBy(() -> with("GET", "/", Map.of("X-A", "b\r\nX-C: d")))
        .hasMessageStartingWith("header X-A: ");
    assertThatThrownBy(() -> with("GET", "/", Map.of("X A", "b")))
        .hasMessageStartingWith("header: ");
    assertThatThrownBy(() -> with("GET", "/", Map.of("Host", "b"))).hasMessageContaining("host");
    assertThatThrownBy(() -> with("GET", "/", Map.of("transfer-encoding", "chunked")))
        .hasMessageContaining("writes it itself");
  }

  @ParameterizedTest
  @ValueSource(strings = {"200", "200-399", "200,204", "100-599", "200,301-303,404"})
  void a_set_of_codes_prints_as_it_was_written(String text) {
    assertThat(StatusSet.parse(text)).hasToString(text);
  }

  @Test
  void a_set_of_codes_contains_both_ends_and_no_more() {
    StatusSet set = StatusSet.parse("200, 301-303");

    assertThat(set.contains(200)).isTrue();
    assertThat(set.contains(301)).isTrue();
    assertThat(set.contains(303)).isTrue();
    assertThat(set.contains(199)).isFalse();
    assertThat(set.contains(201)).isFalse();
    assertThat(set.contains(304)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2xx", "200-", "-200", "300-200", "99", "600", "200,,204", "200;204"})
  void refuses_what_is_no_set_of_codes(String text) {
    assertThatThrownBy(() -> StatusSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_a_file_without_certificates(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path garbled =
        Files.writeString(folder.resolve("garbled.pem"), "-----BEGIN CERTIFICATE-----\n");

    for (Path file : new Path[] {empty, garbled, folder.resolve("absent.pem")}) {
      Tls tls = new Tls(Optional.empty(), Optional.of(file), Trust.VERIFY);
      HttpOptions options = Wanted.get("/").tls(Optional.of(tls)).options();
      assertThatThrownBy(() -> HttpProbe.open(options, Time.SYSTEM))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
