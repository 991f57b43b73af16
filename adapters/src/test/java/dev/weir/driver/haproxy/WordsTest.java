package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.surround.ServerText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may write around the members, and what Weir understands of it. */
class WordsTest {

  @Test
  void aLineIsReadAsHaproxyReadsIt() {
    assertThat(Words.split("  http-request  set-header X \"a b\" 'c # d' e\\ f # not this"))
        .containsExactly("http-request", "set-header", "X", "a b", "c # d", "e f");
    assertThat(Words.split("")).isEmpty();
    assertThat(Words.split("''")).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "option httpchk\nserver evil 10.0.0.1:80",
        "option \"httpchk",
        "option 'httpchk",
        "balance roundrobin\\",
        "balance roundrobin # the usual",
        "balance\u0000",
        "server evil 10.0.0.1:80",
        "backend other",
        "listen other",
        "global",
        "userlist users",
        "server-template s 3 10.0.0.1:80",
        "\"server\" evil 10.0.0.1:80",
        "  "
      })
  void aDirectiveIsOneLineOfABackend(String line) {
    List<String> directives = List.of(line);
    assertThatThrownBy(() -> new HaproxySurroundings(directives, ServerText.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check weight 5",
        "backup",
        "check\ndisabled",
        "enabled",
        "id 7",
        "{label:x} check"
      })
  void whatComesFromTheMemberIsNotWritten(String server) {
    ServerText text = ServerText.parse(server);
    assertThatThrownBy(() -> new HaproxySurroundings(List.of(), text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      textBlock =
          """
          check inter 2s fall 3 rise 2                                    |
          ssl verify required ca-file /etc/ca.pem sni str(api.internal)   |
          check port 80 send-proxy-v2 maxconn 50 slowstart 10s            |
          cookie a                                                        | 'cookie'
          check inter 2s resolvers dns                                    | 'resolvers'
          check bogus                                                     | 'bogus'
          sni req.hdr(host),lower                                         |
          sni "str(a b)"                                                  | characters
          agent-send a;b                                                  | characters
          agent-send $HOME                                                | characters
          """)
  void itIsKnownWhatADynamicServerTakes(String options, String refused) {
    if (refused == null) {
      assertThat(DynamicServers.refusal(options)).isEmpty();
    } else {
      assertThat(DynamicServers.refusal(options))
          .hasValueSatisfying(r -> assertThat(r).contains(refused));
    }
  }

  @Test
  void aCheckIsTheWordAndNotAValue() {
    assertThat(DynamicServers.checks("inter 2s check")).isTrue();
    assertThat(DynamicServers.checks("agent-send check")).isFalse();
    assertThat(DynamicServers.agentChecks("agent-check agent-port 1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                  |                        | dynamic
          balance roundrobin      |                        | dynamic
          balance leastconn       |                        | dynamic
          balance first           |                        | dynamic
          balance random(2)       |                        | dynamic
          balance static-rr       |                        | static
          balance source          |                        | static
          balance uri depth 3     | hash-type map-based    | static
          balance source          | hash-type consistent   | dynamic
          balance hdr(host)       | hash-type consistent djb2 | dynamic
          balance unheard-of      |                        | static
          """)
  void itIsKnownWhichAlgorithmsAreDynamic(String balance, String hashType, String kind) {
    boolean dynamic =
        DynamicServers.staticAlgorithm(
                Words.split(balance == null ? "" : balance),
                Words.split(hashType == null ? "" : hashType))
            .isEmpty();
    assertThat(dynamic).isEqualTo(kind.equals("dynamic"));
  }
}
