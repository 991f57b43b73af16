package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.publish.ReloadWay;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoaderTest {

  /** To {@code kill}, 0 is the group of whoever sends the signal, and -1 everybody. */
  @Test
  void aSignalGoesToOneProcessOnly() {
    assertThatThrownBy(() -> new Loader.Signalled(0)).hasMessageContaining("pid: 0");
    assertThatThrownBy(() -> new Loader.Signalled(-1)).hasMessageContaining("pid: -1");
    assertThatThrownBy(() -> new Loader.Told(OptionalLong.empty(), new ReloadWay.Signal()))
        .hasMessageContaining("expected: a program");
  }
}
