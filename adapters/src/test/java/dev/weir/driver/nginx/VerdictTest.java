package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.nginx.Verdict.Place;
import dev.weir.driver.nginx.Verdict.Refused;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void the_first_emergency_is_the_reason_and_names_the_place() {
    String output =
        """
        2026/11/20 10:52:18 [warn] 8436#8436: conflicting server name in 0.0.0.0:80, ignored
        2026/11/20 10:52:18 [emerg] 8436#8436: unknown directive "x" in /etc/nginx/nginx.conf:7
        nginx: configuration file /etc/nginx/nginx.conf test failed
        """;
    assertThat(Verdict.refusal(output))
        .isEqualTo(
            new Refused(
                "unknown directive \"x\" in /etc/nginx/nginx.conf:7",
                Optional.of(new Place(Path.of("/etc/nginx/nginx.conf"), 7))));
  }

  @Test
  void an_emergency_before_the_log_is_open_is_understood_too() {
    assertThat(Verdict.refusal("nginx: [emerg] open() \"/x\" failed (2: No such file)\n"))
        .isEqualTo(new Refused("open() \"/x\" failed (2: No such file)", Optional.empty()));
  }

  @Test
  void anything_else_is_given_as_it_is() {
    assertThat(Verdict.refusal("nginx: invalid option\nmore").message())
        .isEqualTo("nginx: invalid option");
    assertThat(Verdict.refusal("").message()).isNotEmpty();
  }
}
