package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.net.HttpTarget;
import dev.weir.publish.EngineContainer;
import dev.weir.publish.ReloadWay;
import dev.weir.publish.SharedPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where nginx may listen for Weir. */
class ConfirmTest {

  private static final Confirm OPEN =
      new Confirm(
          (Endpoint.Ip) Address.parse("0.0.0.0:7781"),
          (Endpoint.Ip) Address.parse("127.0.0.1:7781"));
  private static final ReloadWay CONTAINER =
      new ReloadWay.Container(
          new EngineContainer(HttpTarget.parse("unix:/run/docker.sock"), "edge"), SharedPaths.SAME);

  @Test
  void one_address_is_on_loopback_and_for_both() {
    Confirm confirm = Confirm.loopback("127.0.0.1:7781");
    assertThat(confirm.listen()).isEqualTo(confirm.ask()).hasToString("127.0.0.1:7781");
    assertThat(confirm.isOpen()).isFalse();
    for (String other : List.of("10.0.0.1:7781", "[::1]:7781", "localhost:7781")) {
      assertThatThrownBy(() -> Confirm.loopback(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other);
    }
  }

  @Test
  void only_in_a_container_may_it_be_reached_by_others() {
    assertThat(options(Optional.empty(), CONTAINER).confirm().isOpen()).isTrue();
    assertThatThrownBy(() -> options(Optional.empty(), new ReloadWay.Signal()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("confirm: 0.0.0.0:7781 (expected: an address of 127.0.0.0/8");
  }

  @Test
  void beside_a_file_for_stream_it_may_not() {
    assertThatThrownBy(() -> options(Optional.of(Path.of("/srv/edge/stream.conf")), CONTAINER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("stream: /srv/edge/stream.conf (expected: none");
  }

  private static NginxOptions options(Optional<Path> stream, ReloadWay reload) {
    return new NginxOptions(
        Path.of("/srv/edge/upstreams.conf"),
        stream,
        List.of(),
        Optional.empty(),
        Path.of("/srv/edge/nginx.conf"),
        "nginx",
        Path.of("/run/nginx.pid"),
        OPEN,
        NginxOptions.Update.AUTO,
        reload);
  }
}
