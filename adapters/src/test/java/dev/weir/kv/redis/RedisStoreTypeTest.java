package dev.weir.kv.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a Redis is configured. */
final class RedisStoreTypeTest {

  private static final RedisOptions DEFAULTS =
      RedisStoreType.OPTIONS.build().apply(new Values.Builder().build());

  @ParameterizedTest
  @CsvSource({
    "cache, redis://cache:6379",
    "cache:7000, redis://cache:7000",
    "redis://10.0.0.1, redis://10.0.0.1:6379",
    "rediss://cache:6380, rediss://cache:6380",
    "'[::1]', redis://[0:0:0:0:0:0:0:1]:6379",
    "'redis://[::1]:7000', redis://[0:0:0:0:0:0:0:1]:7000"
  })
  void anAddressMayLeaveOutWhatIsUsual(String written, String read) {
    assertThat(RedisAddress.parse(written)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "redis://", "unix:/run/redis.sock", "http://cache:6379", "cache:x"})
  void whatIsNoAddressIsRefused(String written) {
    assertThatThrownBy(() -> RedisAddress.parse(written))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUserNeedsAPassword() {
    Values values = new Values.Builder().put(RedisStoreType.USER, "weir").build();
    assertThatThrownBy(() -> RedisStoreType.OPTIONS.build().apply(values))
        .hasMessageContaining("expected: user and password together");
  }

  @Test
  void withoutThePlugInAWatchSaysWhatToDo() throws Exception {
    try (KeyValueStore store = new RedisStoreType().open(DEFAULTS, Time.SYSTEM)) {
      assertThatThrownBy(() -> store.watch("/a", pairs -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("plug-in redis")
          .hasMessageContaining("weir.plugins");
    }
  }
}
