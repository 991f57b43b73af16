package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import org.junit.jupiter.api.Test;

class UpstreamsReaderTest {

  private static final String TEXT =
      """
      # head
      upstream web {
          least_conn;
          server 10.0.0.2:80 weight=3 max_fails=2 backup; # web-2 ready
          server 10.0.0.1:80; # web-1 ready
          server 10.0.0.3:80 down; # web-3 drain
          server unix:/run/app.sock max_fails=2 down; # web-4 maint
          server 127.7.5.3:7781 max_fails=0; # (no member is ready)
      }

      upstream web2 {
          server 10.0.0.9:80; # other ready
      }
      """;

  @Test
  void names_and_states_come_back_sorted() {
    assertThat(UpstreamsReader.members(TEXT, "web"))
        .hasValueSatisfying(members ->
            assertThat(members)
                .containsExactly(
                    member("web-1", "10.0.0.1:80", ServerState.READY, 1, false),
                    member("web-2", "10.0.0.2:80", ServerState.READY, 3, true),
                    member("web-3", "10.0.0.3:80", ServerState.DRAIN, 1, false),
                    member("web-4", "unix:/run/app.sock", ServerState.MAINT, 1, false)));
  }

  @Test
  void an_upstream_that_is_not_there_is_absent_and_not_empty() {
    assertThat(UpstreamsReader.members(TEXT, "we")).isEmpty();
    assertThat(UpstreamsReader.members("", "web")).isEmpty();
    assertThat(UpstreamsReader.members("upstream web {\n", "web")).isEmpty();
  }

  @Test
  void what_somebody_wrote_by_hand_is_read_as_nginx_reads_it() {
    String text =
        """
        upstream web {
            server 10.0.0.1:80 down; # web-1 ready
            server 10.0.0.7;
            server "10.0.0.8:81" weight=2;
            server host.example:80;
        }
        """;
    assertThat(UpstreamsReader.members(text, "web"))
        .hasValueSatisfying(members ->
            assertThat(members)
                .containsExactly(
                    member("10.0.0.7_80", "10.0.0.7:80", ServerState.READY, 1, false),
                    member("10.0.0.8_81", "10.0.0.8:81", ServerState.READY, 2, false),
                    member("web-1", "10.0.0.1:80", ServerState.MAINT, 1, false)));
  }

  private static ObservedMember member(
      String name, String address, ServerState state, int weight, boolean backup) {
    return new ObservedMember(name, (Endpoint) Address.parse(address), state, weight, backup);
  }
}
