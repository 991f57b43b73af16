package dev.weir.source.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Member;
import dev.weir.model.SourceReport.Complete;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What states and configuration files are read as. */
final class SupervisorSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void addressesStandInTheConfigurationAndInWhatItIncludes() throws Exception {
    Path main =
        Files.writeString(
            folder.resolve("main.conf"),
            """
            [supervisord]
            socket = tcp://10.0.0.9:1
            [fcgi-program:one]
            ; socket=tcp://10.0.0.9:2
            socket=tcp://10.0.0.1:8001 ; comment
            [program:two]
            socket=tcp://10.0.0.9:3
            [include]
            files = more/*.ini none/*.ini
            """);
    Files.createDirectory(folder.resolve("more"));
    Files.writeString(
        folder.resolve("more/three.ini"),
        "[fcgi-program:three]\nSocket: unix://%(here)s/three-%(ENV_SITE)s.sock\n");
    assertThat(ConfigFiles.sockets(main, Map.of("SITE", "eu")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "one",
                "tcp://10.0.0.1:8001",
                "three",
                "unix://" + folder.resolve("more") + "/three-eu.sock"));
  }

  @Test
  void aProgramIsInAsLongAsOneOfItsProcessesRuns() {
    Complete report =
        report(
            Map.of("a", "tcp://10.0.0.1:1", "b", "tcp://10.0.0.1:2", "c", "unix:///run/c.sock"),
            Map.of(
                "a", Set.of("STOPPED", "RUNNING"),
                "b", Set.of("FATAL", "EXITED"),
                "c", Set.of("STARTING", "STOPPED")));
    assertThat(report.members()).extracting(Member::name).containsExactly(Optional.of("a"));
    assertThat(report.ended().values()).containsExactly("supervisord has it as EXITED, FATAL");
  }

  @Test
  void aSocketThatIsNoneIsRemarkedUpon() {
    Complete report =
        report(
            Map.of("a", "tcp://10.0.0.1:1", "b", "tcp://%(ENV_HOST)s:80"),
            Map.of("a", Set.of("RUNNING"), "b", Set.of("RUNNING")));
    assertThat(report.members()).hasSize(1);
    assertThat(report.remarks()).singleElement().asString().startsWith("program b: ");
  }

  @Test
  @RequiresServer(Server.SUPERVISORD)
  void aWrongPasswordIsToldOnce() throws Exception {
    try (RunningSupervisord server = new RunningSupervisord(folder, List.of("alpha"))) {
      Path wrong = Files.writeString(folder.resolve("wrong"), "guess");
      try (WatchedSource watched =
          WatchedSource.start(
              SupervisorWorld.source(server.port(), server.config(), wrong), PATIENCE)) {
        assertThat(watched.awaitUnavailable(0).reason())
            .contains("status 401", "password")
            .doesNotContain("guess");
      }
    }
  }

  private static Complete report(Map<String, String> sockets, Map<String, Set<String>> states) {
    TreeMap<String, SortedSet<String>> sorted = new TreeMap<>();
    states.forEach((group, of) -> sorted.put(group, new TreeSet<>(of)));
    return (Complete)
        new ProgramMembers(Optional.empty(), SupervisorWorld.CONTEXT)
            .report(new Programs(new TreeMap<>(sockets), sorted));
  }
}
