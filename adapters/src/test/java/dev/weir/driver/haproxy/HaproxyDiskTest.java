package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Site.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that takes nothing more, under Weir's file. Needs to mount a small file system. */
@RequiresServer(Server.HAPROXY)
class HaproxyDiskTest {

  private final Site site = make();
  private boolean mounted;

  private static Site make() {
    try {
      return new Site(new RealHaproxy(Site.AS), "");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Path folder() {
    Path folder = site.haproxy.own.getParent();
    assertThat(folder).isNotNull();
    return folder == null ? Path.of("/") : folder;
  }

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "weir-test", folder().toString());
    assumeTrue(mounted, "mounting is not permitted here");
    site.start(site.ready(0));
  }

  @AfterEach
  void unmount() throws Exception {
    site.haproxy.stop();
    if (mounted) {
      run("umount", folder().toString());
    }
    site.close();
  }

  private static boolean run(String... command) throws InterruptedException {
    ProgramResult result = Programs.run(List.of(command), Duration.ofSeconds(10));
    return result instanceof Exited exited && exited.succeeded();
  }

  private DesiredState structure(int... backends) {
    Wanted pool = Wanted.pool(Site.WEB).empty(new EmptyPolicy.Status(410));
    for (int number : backends) {
      pool.ready("b" + number, site.at(number));
    }
    return Wanted.state(pool);
  }

  private void fill() throws IOException {
    try (var out = Files.newOutputStream(folder().resolve("filler"))) {
      byte[] block = new byte[512];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  @Test
  void aFullDiskStopsNeitherMembersNorTheFilesReturn() throws Exception {
    fill();
    DesiredState two = site.ready(0, 1);
    assertThat(site.applyOnce(two)).isInstanceOf(Outcome.Applied.class);
    site.upkeep(3);
    assertThat(site.driver.putOff())
        .hasValueSatisfying(text -> assertThat(text).contains("is behind", "No space left"));
    assertThat(site.driver.wantsLook()).isTrue();
    assertThat(site.plan(two))
        .as("never in sync while the file is behind")
        .isInstanceOf(Plan.Live.class);
    assertThat(failed(site.applyOnce(two)).reason()).contains("No space left");
    assertThat(failed(site.applyOnce(structure(0, 1))).reason()).contains("No space left");
    serves(0, 1);
    assertThat(site.haproxy.check()).isEmpty();
    Files.delete(folder().resolve("filler"));
    site.upkeep(5);
    assertThat(site.driver.putOff()).isEmpty();
    assertThat(Files.readString(site.haproxy.own)).contains("server b1 ");
    site.converge(structure(0, 1));
    assertThat(site.haproxy.check()).isEmpty();
  }

  @Test
  void aReadOnlyFolderIsToldAndTheLastGoodServes() throws Exception {
    assertThat(run("mount", "-o", "remount,ro", folder().toString())).isTrue();
    assertThat(failed(site.applyOnce(structure(0, 1))).reason()).contains("Read-only");
    serves(0);
    assertThat(run("mount", "-o", "remount,rw", folder().toString())).isTrue();
    site.converge(structure(0, 1));
    serves(0, 1);
  }

  private void serves(int... numbers) throws IOException {
    List<Answer> answers = site.client().ask(12);
    assertThat(answers).extracting(Answer::status).containsOnly(200);
    for (int number : numbers) {
      assertThat(answers)
          .anyMatch(answer -> answer.by().filter(site.at(number)::equals).isPresent());
    }
  }
}
