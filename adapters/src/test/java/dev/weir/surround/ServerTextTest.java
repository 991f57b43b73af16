package dev.weir.surround;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTextTest {

  @Test
  void every_placeholder_becomes_the_members_own_value() {
    assertThat(
            ServerText.parse("a={name} b={id} c={host}:{port} d={label:zone} e={label:none};")
                .expand(member(Map.of("zone", "eu-1"))))
        .isEqualTo("a=web-1 b=app.example:80 c=10.0.0.1:80 d=eu-1 e=;");
  }

  @Test
  void values_cannot_leave_their_place() {
    assertThat(
            ServerText.parse("{label:x}").expand(member(Map.of("x", "a; } #\n\"'\\${b}{name} é"))))
        .isEqualTo("a___________b__name___");
  }

  @Test
  void text_without_placeholders_stays() {
    assertThat(ServerText.parse("max_fails=2 fail_timeout=5s").expand(member(Map.of())))
        .isEqualTo("max_fails=2 fail_timeout=5s");
    assertThat(ServerText.parse("")).isEqualTo(ServerText.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{nam}", "{}", "{label:}", "{", "}", "{{name}}", "{name", "a}b{c}"})
  void other_braces_are_refused(String text) {
    assertThatThrownBy(() -> ServerText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  private static DesiredMember member(Map<String, String> labels) {
    MemberId id = new MemberId(new PoolId("web"), Address.parse("app.example:80"));
    return new DesiredMember(
        id,
        "web-1",
        (Endpoint) Address.parse("10.0.0.1:80"),
        ServerState.READY,
        1,
        false,
        new TreeMap<>(labels),
        new Because(Because.Cause.DISCOVERED, "listed"));
  }
}
