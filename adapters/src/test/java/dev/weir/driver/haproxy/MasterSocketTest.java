package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters of 2.7 and later: a reload is answered when it is over, with how it went. */
class MasterSocketTest {

  private static final String PROC =
      """
      #<PID>          <type>          <reloads>       <uptime>        <version>
      8               master          0 [failed: 0]   0d00h00m02s     2.9.4
      """;

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private FakeCli master(FakeCli.Behaviour onReload) throws IOException {
    return new FakeCli(
        folder.resolve("m"), line -> line.equals("reload") ? onReload.answer(line) : PROC);
  }

  /** Many files and certificates take seconds; whether they load is seen at the worker. */
  @Test
  void aMasterThatIsSilentWhileItLoadsHasBeenTold() throws Exception {
    CompletableFuture<String> loaded = new CompletableFuture<>();
    try (FakeCli cli = master(line -> loaded.join())) {
      assertThat(cli).isNotNull();
      MasterSocket master = new MasterSocket(folder.resolve("m"), Duration.ofMillis(200));
      assertThatCode(master::tell).doesNotThrowAnyException();
      assertThat(master.phase()).isEqualTo(Master.Phase.LOADING);
    } finally {
      loaded.complete("");
    }
  }

  @Test
  void whatItRefusesIsToldInItsWords() throws Exception {
    try (FakeCli cli = master(line -> "Success=0\n--\n[ALERT] cannot bind")) {
      assertThat(cli).isNotNull();
      assertThatThrownBy(() -> new MasterSocket(folder.resolve("m")).tell())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot bind");
    }
  }
}
