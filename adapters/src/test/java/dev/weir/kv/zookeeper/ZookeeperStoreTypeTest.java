package dev.weir.kv.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.secret.Secret;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import org.junit.jupiter.api.Test;

/** How an ensemble is configured. */
final class ZookeeperStoreTypeTest {

  private static final ZookeeperOptions DEFAULTS =
      ZookeeperStoreType.OPTIONS.build().apply(new Values.Builder().build());

  @Test
  void withoutServersItIsTheOneOfThisMachine() {
    assertThat(DEFAULTS).hasToString("zookeeper://127.0.0.1:2181");
  }

  @Test
  void userAndPasswordGoTogether() {
    Values user = new Values.Builder().put(ZookeeperStoreType.USER, "weir").build();
    assertThatThrownBy(() -> ZookeeperStoreType.OPTIONS.build().apply(user))
        .hasMessage("user alone (expected: user and password together)");
    Values password =
        new Values.Builder()
            .put(ZookeeperStoreType.PASSWORD, new Secret.Environment("PASSWORD"))
            .build();
    assertThatThrownBy(() -> ZookeeperStoreType.OPTIONS.build().apply(password))
        .hasMessage("password alone (expected: user and password together)");
  }

  @Test
  void withoutThePlugInAWatchSaysWhatToDo() throws Exception {
    try (KeyValueStore store = new ZookeeperStoreType().open(DEFAULTS, Time.SYSTEM)) {
      assertThatThrownBy(() -> store.watch("/a", pairs -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("plug-in zookeeper")
          .hasMessageContaining("weir.plugins");
    }
  }
}
