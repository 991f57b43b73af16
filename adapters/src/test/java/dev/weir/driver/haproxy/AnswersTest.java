package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HAProxy says, read and judged. The texts were taken from HAProxy 2.6. */
class AnswersTest {

  private static Answer judge(String command, String answer) {
    boolean silent = command.startsWith("set server") && !command.contains(" addr ");
    Expected expected =
        silent || command.startsWith("enable") ? Expected.SILENCE : Expected.CONFIRMATION;
    return Answer.judge(new Step(command, "a test", expected), answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          add server be/a 10.0.0.1:80         | New server registered.
          add server be/a 10.0.0.1:80 ssl     | 'SSL/TLS versions range not contiguous.\nNew server registered.'
          del server be/a                     | Server deleted.
          set server be/a addr 10.0.0.1 port 8 | IP changed from '10.0.0.9' to '10.0.0.1', port changed from '9' to '8' by 'stats socket command'
          set server be/a addr 10.0.0.1 port 8 | IP changed from '10.0.0.9' to '10.0.0.1', no need to change the port by 'stats socket command'
          set server be/a addr 10.0.0.1 port 8 | no need to change the addr, port changed from '9' to '8' by 'stats socket command'
          set server be/a addr 10.0.0.1 port 8 | no need to change the addr, no need to change the port by 'stats socket command'
          """)
  void successHasAKnownText(String command, String answer) {
    // what the quoting of the table takes away
    assertThat(judge(command, answer)).as(answer).isEqualTo(Answer.GOOD);
  }

  @Test
  void silenceIsSuccessWhereItIsExpected() {
    assertThat(judge("set server be/a state ready", "")).isEqualTo(Answer.GOOD);
    assertThat(judge("enable health be/a", "")).isEqualTo(Answer.GOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Permission denied",
        "No such backend.",
        "No such server.",
        "Require 'backend/server'.",
        "Proxy is disabled.",
        "Health check was not configured on this server, cannot enable.",
        "health checks are not enabled on this server",
        "'set server <srv> state' expects 'ready', 'drain' and 'maint'.",
        "Absolute weight can only be between 0 and 256 inclusive.",
        "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.",
        "Backend must use a dynamic load balancing to support dynamic servers.",
        "Already exists a server with the same name in backend.",
        "'cookie' option is not accepted for dynamic server",
        "unknown keyword 'bogus'.",
        "'rise' has to be > 0.",
        "weight of server kw is not within 0 and 256 (300).",
        "'server' expects <name> and <addr>[:<port>] as arguments.",
        "Invalid addr 'localhost' by 'stats socket command'",
        "IP changed from '1.1.1.1' to '2.2.2.2', problem converting port 'abc' to an int by 'x'",
        "Unknown command, but maybe one of the following ones is a better match:",
        "Only servers in maintenance mode can be deleted.",
        "anything at all"
      })
  void everythingElseIsAFailure(String answer) {
    for (String command :
        List.of(
            "set server be/a state ready",
            "set server be/a weight 1",
            "set server be/a addr 10.0.0.1 port 80",
            "add server be/a 10.0.0.1:80",
            "enable health be/a",
            "del server be/a")) {
      assertThat(judge(command, answer)).as(command).isEqualTo(Answer.BAD);
    }
  }

  @Test
  void aDeletionMayHaveToWait() {
    assertThat(
            judge(
                "del server be/a",
                "Server still has connections attached to it, cannot remove it."))
        .isEqualTo(Answer.NOT_YET);
    assertThat(
            judge(
                "del server be/a",
                "This server cannot be removed at runtime due to other configuration elements"
                    + " pointing to it."))
        .isEqualTo(Answer.NEVER);
  }

  private static final String HEADER = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state\n";

  private static String row(String name, String address, int admin, int weight, int port) {
    return "3 be 1 %s %s 2 %d %d 1 1 1 0 2 0 0 0 0 - %d - 0 0 - - 0\n"
        .formatted(name, address, admin, weight, port);
  }

  @Test
  void serversAreReadWithTheStateThatWasSetOnThem() throws IOException {
    String text =
        HEADER
            + row("ready", "10.0.0.1", 0, 5, 80)
            + row("spare", "::1", 5, 1, 80)
            + row("enabled", "10.0.0.3", 4, 1, 80)
            + row("drained", "10.0.0.4", 12, 0, 80)
            + row("tracking", "10.0.0.5", 2, 1, 80)
            + row("unix", "-", 0, 1, 0);
    List<ServersState.Row> rows = ServersState.read(text).getOrDefault("be", List.of());
    assertThat(rows)
        .extracting(ServersState.Row::state)
        .containsExactly(
            ServerState.READY,
            ServerState.MAINT,
            ServerState.READY,
            ServerState.DRAIN,
            ServerState.READY,
            ServerState.READY);
    assertThat(rows.get(1).endpoint()).contains(new Endpoint.Ip(InetAddress.ofLiteral("::1"), 80));
    assertThat(rows.get(0).weight()).isEqualTo(5);
    assertThat(rows.get(5).endpoint()).isEmpty();
  }

  @Test
  void aBackendWithoutServersOrThatIsNotThereHasNone() throws IOException {
    assertThat(ServersState.read(HEADER)).isEmpty();
    assertThat(ServersState.read("Can't find backend.")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2\n# be_id be_name",
        "hello",
        "1",
        HEADER + "3 be 1 a",
        HEADER + "3 be 1 a nonsense 2 0 1 1 1 1 0 2 0 0 0 0 - 80 -",
        HEADER + "3 be 1 a 10.0.0.1 2 x 1 1 1 1 0 2 0 0 0 0 - 80 -",
        HEADER + "3 be 1 a 10.0.0.1 2 0 1 1 1 1 0 2 0 0 0 0 - 99999 -"
      })
  void whatIsNoTableOfServersIsRefused(String text) {
    assertThatThrownBy(() -> ServersState.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("show servers state");
  }

  @Test
  void aWorkerSaysWhoItIs() throws IOException {
    String epoch = "0123456789abcdef0123456789abcdef";
    String info = "Name: HAProxy\nVersion: 2.6.12\nPid: 77\nStopping: 1\n";
    assertThat(Worker.read("WEIR_X", info, "WEIR_X=" + epoch))
        .isEqualTo(new Worker(77, "2.6.12", true, Optional.of(new Fingerprint(epoch))));
    assertThat(Worker.read("WEIR_X", info, "Variable not found").epoch()).isEmpty();
    assertThat(Worker.read("WEIR_X", info, "WEIR_X=1").epoch()).isEmpty();
    assertThatThrownBy(() -> Worker.read("WEIR_X", info, "Permission denied"))
        .hasMessageContaining("expected: a stats socket of level admin");
    assertThatThrownBy(() -> Worker.read("WEIR_X", "+OK\nredis", ""))
        .hasMessageContaining("no HAProxy: \"+OK\"");
    assertThatThrownBy(() -> Worker.read("WEIR_X", "Name: HAProxy\n", ""))
        .hasMessageContaining("without Pid");
  }

  @Test
  void commandsAreCutIntoLinesThatHaproxyReads() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "set server be/s" + i).toList();
    List<List<String>> batches = Batches.of(many, command -> command);
    assertThat(batches).hasSize(10).allMatch(batch -> batch.size() == 100);
    assertThat(batches.stream().flatMap(List::stream).toList()).isEqualTo(many);
    List<String> longOnes = IntStream.range(0, 30).mapToObj(i -> "x".repeat(5_000)).toList();
    assertThat(Batches.of(longOnes, command -> command))
        .hasSize(15)
        .allMatch(batch -> String.join(";", batch).length() < AdminSocket.LONGEST_LINE_BYTES);
    assertThat(Batches.of(List.<String>of(), command -> command)).isEmpty();
  }
}
