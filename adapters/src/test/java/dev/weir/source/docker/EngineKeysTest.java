package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.net.HttpTarget;
import dev.weir.net.TlsKeys;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an engine may be, and what is spoken there. */
final class EngineKeysTest {

  private static final Path CA = Path.of("/etc/weir/ca.pem");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unix:/run/docker.sock",
        "unix:///run/docker.sock",
        "tcp://127.0.0.1:2375",
        "http://localhost:2375/",
        "127.0.0.1:2375",
        "[::1]:2375"
      })
  void thisMachineMayBeAskedWithoutTls(String engine) {
    assertThat(EngineKeys.target(values(engine).build())).isNotInstanceOf(HttpTarget.Tls.class);
    assertThat(EngineKeys.machine(EngineKeys.target(values(engine).build()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.9:2375", "tcp://docker.internal:2375", "[2001:db8::1]:2375"})
  void anotherMachineMayNot(String engine) {
    assertThatThrownBy(() -> EngineKeys.target(values(engine).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a unix socket, a port on loopback, or https://");
  }

  @ParameterizedTest
  @CsvSource({
    "https://docker.internal, https://docker.internal:2376",
    "https://10.0.0.9:4243, https://10.0.0.9:4243",
    "tcp://docker.internal:2376, https://docker.internal:2376"
  })
  void anotherMachineIsAskedWithTls(String engine, String target) {
    HttpTarget found = EngineKeys.target(values(engine).put(TlsKeys.CA, CA).build());
    assertThat(found).isInstanceOf(HttpTarget.Tls.class).hasToString(target);
    assertThat(((HttpTarget.Tls) found).files().ca()).contains(CA);
    assertThat(EngineKeys.machine(found)).isPresent();
  }

  @Test
  void aSocketHasNoTls() {
    assertThatThrownBy(() -> EngineKeys.target(values("unix:/d.sock").put(TlsKeys.CA, CA).build()))
        .hasMessageContaining("a unix socket has no TLS");
  }

  @Test
  void aCertificateNeedsItsKey() {
    Values values = values("https://10.0.0.9:2376").put(TlsKeys.CERT, CA).build();
    assertThatThrownBy(() -> EngineKeys.target(values))
        .hasMessageContaining("expected: cert and key together");
  }

  private static Values.Builder values(String engine) {
    Shape.Scalar<HttpTarget> scalar = (Shape.Scalar<HttpTarget>) EngineKeys.ENGINE.shape();
    return new Values.Builder().put(EngineKeys.ENGINE, scalar.parse().apply(engine));
  }
}
