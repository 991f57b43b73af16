package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(defaults.last("balance")).isEmpty();
    assertThat(defaults.last("mode")).containsExactly("mode", "http");
    assertThat(Defaults.serverParameters(defaults.lines())).containsExactly("inter", "9s", "check");
  }

  @Test
  void aFolderIsReadAsHaproxyReadsIt() throws IOException {
    Files.writeString(folder.resolve("2.cfg"), "defaults\n  balance first\n");
    Files.writeString(folder.resolve("1.cfg"), "defaults\n  balance source\n");
    Files.writeString(folder.resolve(".3.cfg"), "defaults\n  balance hidden\n");
    Files.writeString(folder.resolve("4.txt"), "defaults\n  balance other\n");
    assertThat(Defaults.read(List.of(folder)).last("balance")).containsExactly("balance", "first");
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
    assertThat(files.defaults().last("balance")).containsExactly("balance", "source");
    Files.writeString(file, "defaults\n  balance leastconn\n");
    assertThat(files.stamp()).isNotEqualTo(written);
    assertThat(files.defaults().last("balance")).containsExactly("balance", "leastconn");
  }
}
