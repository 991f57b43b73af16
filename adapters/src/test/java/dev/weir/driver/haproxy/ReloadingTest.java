package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.haproxy.Reloading.Turn;
import dev.weir.model.Fingerprint;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Time;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reloads of a real HAProxy beside somebody else's. The story: a SIGUSR2 that reaches HAProxy 2.6's
 * master 10 to 30 ms after another one is lost in most cases. The new file lies there, the old
 * worker serves on, and whoever sent the signal saw success. The first driver of this kind believed
 * its signal; this one believes the worker.
 */
@RequiresServer(Server.HAPROXY)
class ReloadingTest {

  private final RealHaproxy haproxy = make();
  private final Talk talk = new Talk(List.of(haproxy.admin()), "WEIR_T", Checkpoints.NONE);
  private final Master master = new Master(haproxy.options());
  private final Reloading reloading = new Reloading(talk, Time.SYSTEM);

  private static RealHaproxy make() {
    try {
      return new RealHaproxy("be");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws Exception {
    write(Fingerprint.of("first"));
    haproxy.start();
  }

  @AfterEach
  void stop() throws Exception {
    haproxy.close();
  }

  private void write(Fingerprint epoch) throws IOException {
    Path staged = haproxy.folder.resolve("staged");
    Files.writeString(staged, "global\n  setenv WEIR_T %s\nbackend be\n".formatted(epoch));
    Files.move(staged, haproxy.own, StandardCopyOption.ATOMIC_MOVE);
  }

  private Turn turn(long pid, Worker before) {
    return new Turn(haproxy.admin(), before, new Loader.Signalled(pid));
  }

  private Worker worker() throws Exception {
    return talk.look(List.of()).workers().firstEntry().getValue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10, 15, 20, 25, 30, 60})
  void aSignalThatIsLostIsSentAgain(int millisAfterAnother) throws Exception {
    for (int i = 0; i < 3; i++) {
      Worker before = worker();
      Fingerprint epoch = Fingerprint.of("after %d, %d".formatted(millisAfterAnother, i));
      haproxy.reloadSignal();
      Time.SYSTEM.sleep(Duration.ofMillis(millisAfterAnother));
      write(epoch);
      assertThat(reloading.run(turn(haproxy.process().pid(), before), epoch)).isEmpty();
      assertThat(worker().epoch()).contains(epoch);
      assertThat(worker().pid()).isNotEqualTo(before.pid());
    }
  }

  @Test
  void aFileThatTheMasterRefusesIsToldSoon() throws Exception {
    Worker before = worker();
    Files.writeString(haproxy.own, "global\n  mistake on\nbackend be\n");
    long start = System.nanoTime();
    Optional<String> trouble =
        reloading.run(turn(haproxy.process().pid(), before), Fingerprint.of("never"));
    assertThat(trouble)
        .contains(
            "worker %d still serves the former configuration; HAProxy's own log says why"
                .formatted(before.pid()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(worker().pid()).isEqualTo(before.pid());
  }

  @Test
  void aMasterThatDiesIsTold() throws Exception {
    Worker before = worker();
    long pid = haproxy.process().pid();
    haproxy.kill();
    Optional<String> trouble = reloadOf(pid, before);
    assertThat(trouble).hasValueSatisfying(text -> assertThat(text).contains("kill"));
    assertThat(Master.phase(pid)).isEqualTo(Master.Phase.GONE);
  }

  private Optional<String> reloadOf(long pid, Worker before) throws InterruptedException {
    try {
      return reloading.run(turn(pid, before), Fingerprint.of("never"));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void theMasterIsFoundByMoreThanItsPidFile() throws Exception {
    long pid = haproxy.process().pid();
    long worker = worker().pid();
    assertThat(master.of(worker)).isEqualTo(pid);
    assertThat(master.running()).hasValue(pid);
    Files.writeString(haproxy.pid, ""); // as it is for a moment in most reloads
    assertThat(master.of(worker)).isEqualTo(pid);
    assertThat(master.running()).isEmpty();
    Files.writeString(haproxy.pid, Long.toString(ProcessHandle.current().pid())); // a number reused
    assertThat(master.of(worker)).isEqualTo(pid);
    assertThat(master.running()).isEmpty();
  }
}
