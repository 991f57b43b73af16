package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTreeTest {

  @TempDir Path folder;
  private Path main;
  private Path own;
  private ConfigTree tree;

  @BeforeEach
  void writeATree() throws IOException {
    main = folder.resolve("nginx.conf");
    own = folder.resolve("conf.d/weir.conf");
    Files.createDirectories(folder.resolve("conf.d"));
    Files.createDirectories(folder.resolve("sites"));
    Files.writeString(
        main,
        """
        # include not.this;
        events { }
        http {
          include "mime.types";
          include conf.d/*.conf;
          include %s/sites/*;
          log_format x 'include not.that;';
        }
        """
            .formatted(folder));
    Files.writeString(own, "upstream a { server 127.0.0.1:1; }");
    Files.writeString(folder.resolve("conf.d/one.conf"), "include deep.conf;");
    Files.writeString(folder.resolve("sites/.hidden"), "worker_shutdown_timeout 1s;");
    tree = new ConfigTree(main, Set.of(own));
  }

  @Test
  void the_stamp_stays_while_nothing_changes_and_leaves_weirs_file_aside() throws IOException {
    String stamp = tree.stamp();
    Files.writeString(own, "upstream b { server 127.0.0.1:2; }");
    Files.writeString(folder.resolve("conf.d/other.txt"), "not included");
    Files.writeString(folder.resolve("sites/.hidden"), "not included either");
    assertThat(tree.stamp()).isEqualTo(stamp);
    assertThat(new ConfigTree(main, Set.of(own)).stamp()).isEqualTo(stamp);
  }

  @Test
  void the_stamp_changes_with_any_file_that_changes_comes_or_goes() throws IOException {
    String stamp = tree.stamp();
    for (String name : new String[] {"mime.types", "sites/new", "deep.conf", "nginx.conf"}) {
      Files.writeString(
          folder.resolve(name), "# more\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      String next = tree.stamp();
      assertThat(next).as(name).isNotEqualTo(stamp);
      stamp = next;
    }
    Files.delete(folder.resolve("deep.conf"));
    assertThat(tree.stamp()).isNotEqualTo(stamp);
  }

  @Test
  void it_knows_whether_weirs_file_is_included() {
    assertThat(tree.includes(own)).isTrue();
    assertThat(new ConfigTree(main, Set.of()).includes(folder.resolve("conf.d/weir.txt")))
        .isFalse();
    assertThat(new ConfigTree(folder.resolve("nowhere"), Set.of(own)).includes(own)).isFalse();
  }

  @Test
  void it_knows_which_directives_are_used() throws IOException {
    assertThat(tree.mentions("log_format")).isTrue();
    assertThat(tree.mentions("worker_shutdown_timeout")).isFalse();
    Files.writeString(folder.resolve("deep.conf"), "worker_shutdown_timeout 10s;");
    assertThat(tree.mentions("worker_shutdown_timeout")).isTrue();
  }

  @Test
  void files_that_include_each_other_end() throws IOException {
    Files.writeString(folder.resolve("deep.conf"), "include nginx.conf;");
    assertThat(tree.stamp()).isNotEmpty();
  }

  @Test
  void a_file_that_cannot_be_taken_apart_still_counts() throws IOException {
    Files.writeString(folder.resolve("deep.conf"), "lua { don't }");
    String stamp = tree.stamp();
    Files.writeString(folder.resolve("deep.conf"), "lua { don't stop }");
    assertThat(tree.stamp()).isNotEqualTo(stamp);
  }
}
