package dev.weir.kv.zookeeper.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.time.Duration;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static final Answers ANSWERS = new Answers("zk1:2181", Duration.ofSeconds(1));

  @Test
  void codesSayWhetherANodeIsThere() throws Exception {
    assertThat(ANSWERS.check("/a", Code.OK.intValue())).isTrue();
    assertThat(ANSWERS.check("/a", Code.NONODE.intValue())).isFalse();
    assertThatThrownBy(() -> ANSWERS.check("/a", Code.NOAUTH.intValue()))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aCodeOfANewerServerIsAFailureAndNoSurprise() {
    assertThatThrownBy(() -> ANSWERS.check("/a", -4711))
        .isInstanceOf(IOException.class)
        .hasMessage("zk1:2181: /a: error -4711");
  }
}
