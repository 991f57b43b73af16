package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadWayTest {

  private static final List<String> SIGNAL = List.of("true");

  @Test
  void the_signal_is_the_callers_command() throws Exception {
    assertThat(new ReloadWay.Signal().tell(SIGNAL)).isEmpty();
    assertThat(new ReloadWay.Signal().tell(List.of("false"))).contains("false: exit code 1");
  }

  @Test
  void a_command_is_told_by_its_exit_code_and_words() throws Exception {
    assertThat(new ReloadWay.Command(List.of("true")).tell(SIGNAL)).isEmpty();
    assertThat(new ReloadWay.Command(List.of("sh", "-c", "echo no >&2; exit 3")).tell(SIGNAL))
        .contains("sh: exit code 3, no");
    assertThat(new ReloadWay.Command(List.of("/no/such/program")).tell(SIGNAL))
        .hasValueSatisfying(why -> assertThat(why).startsWith("/no/such/program: "));
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
