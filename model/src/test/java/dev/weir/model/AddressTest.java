package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as people and sources write them, and as somebody hostile would. */
class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:80, 10.0.0.1:80",
    "[2001:db8::1]:443, [2001:db8:0:0:0:0:0:1]:443",
    "[::1]:1, [0:0:0:0:0:0:0:1]:1",
    "db-1.internal:5432, db-1.internal:5432",
    "localhost:65535, localhost:65535",
    "_srv.example:80, _srv.example:80",
    "unix:/run/app.sock, unix:/run/app.sock",
  })
  void readsEachForm(String text, String expected) {
    Address address = Address.parse(text);

    assertThat(address).hasToString(expected);
    assertThat(Address.parse(address.toString())).isEqualTo(address);
  }

  @Test
  void anIpIsAnEndpointAndANameIsNot() {
    assertThat(Address.parse("10.0.0.1:80")).isInstanceOf(Endpoint.Ip.class);
    assertThat(Address.parse("host:80")).isInstanceOf(Address.Host.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "10.0.0.1",
        "10.0.0.1:",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:99999999999",
        "10.0.0.1:+80",
        "10.0.0.1:-1",
        "10.0.0.1:８０",
        "10.0.0.1:80 ",
        " 10.0.0.1:80",
        "10.0.0.1:80;",
        "10.0.0:80",
        "10.0.0.256:80",
        "010.0.0.1:80",
        "10.0.0.1.5:80",
        "10.1:80",
        "0x0a000001:80",
        "[10.0.0.1]:80:80",
        "1:80",
        "...:80",
        "[::1]",
        "[::1%eth0]:80",
        "fe80::1%lo:80",
        "[10.0.0.1:80",
        "host name:80",
        "host\n:80",
        "host;shutdown:80",
        "host{}:80",
        "host$x:80",
        "host/x:80",
        "-host:80",
        "host..example:80",
        ".host:80",
        "host.:80",
        "hostß:80",
        "unix:",
        "unix:run/app.sock",
        "unix:/run/a b.sock",
        "unix:/run/a;b.sock",
        "unix:/run/a\nb.sock",
        "unix:/run/${x}.sock",
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void refusesNamesAndPathsThatAreTooLong() {
    assertThatThrownBy(() -> Address.parse("a".repeat(64) + ":80"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.parse("a.".repeat(127) + "a:80"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.parse("unix:/" + "a".repeat(107)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Address.parse("unix:/" + "a".repeat(106)).port()).isZero();
  }

  @Test
  void aHostileNameOfAnyLengthIsRefusedQuickly() {
    String hostile = "a-".repeat(50_000) + "!:80";

    assertThatThrownBy(() -> Address.parse(hostile)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sortsInNaturalOrder() {
    List<String> sorted =
        Stream.of(
                "unix:/a",
                "b:80",
                "10.0.0.10:80",
                "10.0.0.9:80",
                "10.0.0.9:9",
                "200.0.0.1:1",
                "[::1]:1",
                "a:80")
            .map(Address::parse)
            .sorted()
            .map(Address::toString)
            .toList();

    assertThat(sorted)
        .containsExactly(
            "10.0.0.9:9",
            "10.0.0.9:80",
            "10.0.0.10:80",
            "200.0.0.1:1",
            "[0:0:0:0:0:0:0:1]:1",
            "a:80",
            "b:80",
            "unix:/a");
  }
}
