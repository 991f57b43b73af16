package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadWayTest {

  @Test
  void a_signal_goes_to_the_process() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    assertThat(new ReloadWay.Signal().tell("HUP", child.pid())).isEmpty();
    assertThat(child.waitFor()).isEqualTo(128 + 1);
    assertThat(new ReloadWay.Signal().tell("HUP", child.pid()))
        .hasValueSatisfying(why -> assertThat(why).startsWith("sh: exit code 1, "));
    for (long everybody : new long[] {0, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ReloadWay.Signal().tell("HUP", everybody));
    }
  }

  @Test
  void a_command_is_told_by_its_exit_code_and_words() throws Exception {
    assertThat(new ReloadWay.Command(List.of("true")).tell("HUP", 0)).isEmpty();
    assertThat(new ReloadWay.Command(List.of("sh", "-c", "echo no >&2; exit 3")).tell("HUP", 0))
        .contains("sh: exit code 3, no");
    assertThat(new ReloadWay.Command(List.of("/no/such/program")).tell("HUP", 0))
        .hasValueSatisfying(why -> assertThat(why).startsWith("/no/such/program: "));
  }

  @Test
  void shared_paths_are_found_by_their_longest_part_both_ways() {
    SharedPaths paths =
        new SharedPaths(
            Map.of(
                Path.of("/srv/edge"), Path.of("/etc/nginx"),
                Path.of("/srv/edge/weir"), Path.of("/weir")));
    assertThat(paths.there(Path.of("/srv/edge/nginx.conf"))).hasToString("/etc/nginx/nginx.conf");
    assertThat(paths.there(Path.of("/srv/edge/weir/up.conf"))).hasToString("/weir/up.conf");
    assertThat(paths.there(Path.of("/srv/edges"))).hasToString("/srv/edges");
    assertThat(paths.here(Path.of("/weir/up.conf"))).hasToString("/srv/edge/weir/up.conf");
    assertThat(paths.here(Path.of("/etc/nginx"))).hasToString("/srv/edge");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SharedPaths(Map.of(Path.of("here"), Path.of("/there"))));
  }

  @Test
  void what_is_no_unit_or_command_is_refused() {
    for (String unit : List.of("", "-x", "a b", "a;b", "../a")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ReloadWay.Systemd(unit))
          .withMessageContaining("expected: a unit of systemd");
    }
    assertThat(new ReloadWay.Systemd("nginx@edge-1.service").unit())
        .isEqualTo("nginx@edge-1.service");
    assertThatIllegalArgumentException().isThrownBy(() -> new ReloadWay.Command(List.of()));
  }
}
