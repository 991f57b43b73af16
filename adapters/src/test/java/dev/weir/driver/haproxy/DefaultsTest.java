package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultsTest {

  @TempDir Path folder;

  @Test
  void theLastDefaultsOfAllFilesAreInherited() throws IOException {
    Path first = Files.writeString(folder.resolve("a.cfg"), "defaults\n  balance source\n");
    Path second =
        Files.writeString(
            folder.resolve("b.cfg"),
            """
            defaults one
              mode tcp
            frontend f
              balance static-rr
            defaults two
              mode http # of the web
              default-server inter 9s
              default-server check
            """);
    Defaults defaults = Defaults.read(List.of(first, second));
    assertThat(last(defaults, "balance")).isEmpty();
    assertThat(last(defaults, "mode")).containsExactly("mode", "http");
    assertThat(Defaults.serverParameters(defaults.lines())).containsExactly("inter", "9s", "check");
  }

  @Test
  void theSizeOfBuffersIsThatOfTheLastGlobal() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.cfg"),
            """
            global
              tune.bufsize 2048
            defaults
            global
              tune.bufsize 4096
            """);
    assertThat(Defaults.read(List.of(file)).bufferBytes()).isEqualTo(4096);
    assertThat(Defaults.read(List.of()).bufferBytes()).isEqualTo(16384);
  }

  private static List<String> last(Defaults defaults, String first) {
    return Defaults.last(defaults.lines(), first);
  }

  @Test
  void aNamedSectionIsFoundWithWhatItInheritsItself() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.cfg"),
            """
            defaults base
              mode http
              balance source
            defaults web from base
              balance leastconn
            defaults
              mode tcp
            """);
    Defaults defaults = Defaults.read(List.of(file));
    assertThat(defaults.of(Optional.of("web")))
        .containsExactly(
            List.of("mode", "http"), List.of("balance", "source"), List.of("balance", "leastconn"));
    assertThat(defaults.of(Optional.of("base"))).hasSize(2);
    assertThat(defaults.of(Optional.empty())).containsExactly(List.of("mode", "tcp"));
    assertThat(defaults.of(Optional.of("none"))).isEmpty();
  }

  @Test
  void aFolderIsReadAsHaproxyReadsIt() throws IOException {
    Files.writeString(folder.resolve("2.cfg"), "defaults\n  balance first\n");
    Files.writeString(folder.resolve("1.cfg"), "defaults\n  balance source\n");
    Files.writeString(folder.resolve(".3.cfg"), "defaults\n  balance hidden\n");
    Files.writeString(folder.resolve("4.txt"), "defaults\n  balance other\n");
    assertThat(last(Defaults.read(List.of(folder)), "balance")).containsExactly("balance", "first");
  }

  @Test
  void whatCannotBeReadCountsAsEmpty() {
    assertThat(Defaults.read(List.of(folder.resolve("none")))).isEqualTo(Defaults.NONE);
  }

  @Test
  void theStampFollowsEveryFile() throws IOException {
    Path file = folder.resolve("a.cfg");
    UserFiles files = new UserFiles(List.of(file, folder));
    String none = files.stamp();
    Files.writeString(file, "defaults\n  balance source\n");
    String written = files.stamp();
    assertThat(written).isNotEqualTo(none);
    assertThat(last(files.defaults(), "balance")).containsExactly("balance", "source");
    Files.writeString(file, "defaults\n  balance leastconn\n");
    String changed = files.stamp();
    assertThat(changed).isNotEqualTo(written);
    Files.writeString(
        file, "defaults\n  balance leastconn\nbackend b\n  server a 10.0.0.1:1 # weir\n");
    String edited = files.stamp();
    Files.writeString(
        file, "defaults\n  balance leastconn\nbackend b\n  server c 10.0.0.9:1 # weir: maint\n");
    assertThat(files.stamp()).isEqualTo(edited).isNotEqualTo(changed);
    assertThat(last(files.defaults(), "balance")).containsExactly("balance", "leastconn");
  }
}
