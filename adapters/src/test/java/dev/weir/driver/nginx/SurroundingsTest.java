package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.surround.ServerText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "least_conn, least_conn;",
        "keepalive 32;, keepalive 32;",
        "hash $request_uri consistent, hash $request_uri consistent;",
        "hash \"${arg_a};{}\", hash \"${arg_a};{}\";",
        "hash $a${b}c, hash $a${b}c;",
        "balancer_by_lua_block { local x = 1; }, balancer_by_lua_block { local x = 1; }",
        "zone web 64k, zone web 64k;",
        "include /etc/nginx/more.conf, include /etc/nginx/more.conf;",
      })
  void one_directive_is_taken_with_its_end(String item, String line) {
    assertThat(Surroundings.directive(item)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "least_conn; keepalive 32",
        "least_conn }",
        "} server { listen 1; }",
        "least_conn; } upstream x { server 127.0.0.1:1",
        "block {",
        "block { a { }",
        "hash \"a",
        "hash 'a\"",
        "hash a\\",
        "hash \"a\"b",
        "least_conn # comment",
        "# comment",
        "least_conn\nkeepalive 32",
        "least_conn\u0000",
        "server 127.0.0.1:1",
        "\"server\" 127.0.0.1:1",
        "server",
      })
  void anything_else_is_refused_with_what_was_expected(String item) {
    assertThatThrownBy(() -> Surroundings.directive(item))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "max_fails=2 fail_timeout=5s", "route={name}", "route={label:zone}-{port}"})
  void server_parameters_are_taken(String item) {
    assertThat(Surroundings.server(item).source()).isEqualTo(item);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weight=3",
        "WEIGHT=3",
        "backup",
        "max_fails=1 down",
        "\"down\"",
        "max_fails=1; server 127.0.0.1:1",
        "max_fails=1 # no more",
        "max_fails=\"1",
        "max_fails=1\\",
        "a=1}",
        "{name}",
        "max_fails=1 {label:x}",
        "route={nam}",
        "max_fails=1\nserver 127.0.0.1:1",
      })
  void other_server_parameters_are_refused(String item) {
    assertThatThrownBy(() -> Surroundings.server(item))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void keepalive_stands_after_the_method_that_would_undo_it() {
    assertThatThrownBy(
            () -> new NginxSurroundings(List.of("keepalive 8;", "least_conn;"), ServerText.NONE))
        .hasMessageContaining("least_conn")
        .hasMessageContaining("before");
    assertThat(new NginxSurroundings(List.of("least_conn;", "keepalive 8;"), ServerText.NONE))
        .isNotNull();
  }
}
