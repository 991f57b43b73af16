package dev.weir.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class RequiresServerTest {
  @TempDir Path directory;

  @Test
  void findsAnExecutableInTheSearchPathFirst() throws Exception {
    Path file =
        Files.createFile(
            directory.resolve("nginx"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

    assertThat(Server.NGINX.find("/nowhere:" + directory, List.of("/usr/sbin"))).contains(file);
    assertThat(Server.NGINX.find("", List.of(directory.toString()))).contains(file);
    assertThat(Server.HAPROXY.find(directory.toString(), List.of())).isEmpty();
  }

  @Test
  void aFileThatCannotBeRunIsNotFound() throws Exception {
    Files.createFile(directory.resolve("nginx"));

    assertThat(Server.NGINX.find(directory.toString(), List.of())).isEmpty();
  }

  @Test
  void aMissingServerSkipsTheTestWithTheReason() {
    run("0")
        .allEvents()
        .assertThatEvents()
        .haveExactly(1, event(skippedWithReason(reason -> reason.contains("is not installed"))));
  }

  @Test
  void aMissingServerThatIsRequiredFailsTheTest() {
    run("1")
        .allEvents()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(message(m -> m.contains("not a skip")))));
  }

  private static EngineExecutionResults run(String required) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(RequiresServerExtension.REQUIRE, required)
        .selectors(selectClass(Example.class))
        .execute();
  }

  /** Run by the tests above only, on a machine that seems to have no server at all. */
  @RequiresServer(Server.NGINX)
  static final class Example {
    @RegisterExtension
    static final RequiresServerExtension BARE_MACHINE =
        new RequiresServerExtension(server -> Optional.empty());

    @Test
    void needsNginx() {}
  }
}
