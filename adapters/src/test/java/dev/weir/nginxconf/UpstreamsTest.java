package dev.weir.nginxconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handwritten.FileText;
import dev.weir.nginxconf.Upstream.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a whole configuration has for upstreams, in all the ways that people write them. */
class UpstreamsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upstream p{ server 10.0.0.1:80; }",
        "upstream p\n{\n  server 10.0.0.1:80;\n}",
        "upstream \"p\" { server 10.0.0.1:80; } # done",
        "upstream p { server \"10.0.0.1:80\"; }\r\n",
        "upstream p { # server 1.1.1.1;\n least_conn; keepalive 8;\n\n server 10.0.0.1:80 ; }"
      })
  void an_upstream_is_found_however_it_is_laid_out(String text) throws IOException {
    Upstream upstream = read("http { " + text + "\n}").upstreams().getFirst();
    assertThat(upstream.name()).isEqualTo("p");
    assertThat(upstream.servers())
        .extracting(Upstream.Server::address)
        .containsExactly("10.0.0.1:80");
  }

  @Test
  void addresses_and_parameters_are_kept_as_they_are() throws IOException {
    Upstream upstream =
        read("""
        http { upstream p {
          server server1.example.com:80; server unix:/tmp/servers;
          server 10.0.0.1 weight=5 max_fails=2 fail_timeout=30s backup down;
          server [2001:db8::1]:8080 some_new_parameter=x;
        } }
        """)
            .upstreams()
            .getFirst();
    assertThat(upstream.servers())
        .extracting(Upstream.Server::address)
        .containsExactly(
            "server1.example.com:80", "unix:/tmp/servers", "10.0.0.1", "[2001:db8::1]:8080");
    assertThat(upstream.servers().get(2).parameters())
        .containsExactly("weight=5", "max_fails=2", "fail_timeout=30s", "backup", "down");
    assertThat(upstream.servers().get(3).parameters()).containsExactly("some_new_parameter=x");
  }

  @Test
  void the_first_line_and_the_end_without_a_line_end_count() throws IOException {
    Files.writeString(folder.resolve("u.conf"), "upstream p { server 10.0.0.1:80; }");
    assertThat(read("http{include u.conf;}").upstreams()).hasSize(1);
  }

  @Test
  void includes_are_followed_from_the_folder_of_the_main_file() throws IOException {
    Files.createDirectories(folder.resolve("sites/a"));
    Files.createDirectories(folder.resolve("sites/b"));
    Files.writeString(folder.resolve("sites/a/x.conf"), "upstream x { server 10.0.0.1:1; }");
    Files.writeString(folder.resolve("sites/b/y.conf"), "include sites/common;");
    Files.writeString(folder.resolve("sites/.hidden"), "upstream h { server 10.0.0.1:1; }");
    Files.writeString(folder.resolve("sites/common"), "upstream y { server 10.0.0.2:1; }");
    Files.writeString(folder.resolve("l4"), "upstream z { server 10.0.0.3:1; }");
    Configuration all =
        read("http { include sites/[ab]/*.conf; include none/*.conf; } stream { include l4; }");
    assertThat(all.upstreams()).extracting(Upstream::name).containsExactly("x", "y", "z");
    assertThat(all.upstreams())
        .extracting(Upstream::context)
        .containsExactly(Context.HTTP, Context.HTTP, Context.STREAM);
    assertThat(all.upstreams().get(1).file().path()).isEqualTo(folder.resolve("sites/common"));
    assertThat(all.problems()).isEmpty();
  }

  @Test
  void an_upstream_elsewhere_is_none() throws IOException {
    assertThat(read("mail { upstream p { server a; } } http { map $a $upstream { p 1; } }"))
        .satisfies(read -> assertThat(read.upstreams()).isEmpty());
  }

  @Test
  void a_loop_of_includes_ends_and_is_named() throws IOException {
    Files.writeString(folder.resolve("a"), "include b;");
    Files.writeString(folder.resolve("b"), "\n  include a;\nupstream p { server 10.0.0.1:1; }");
    Configuration all = read("http { include a; }");
    assertThat(all.problems())
        .containsExactly("%s:2:3: includes %s in a loop".formatted(path("b"), path("a")));
    assertThat(all.upstreams()).hasSize(1);
  }

  @Test
  void files_that_are_missing_or_no_configuration_are_named_and_the_rest_is_read()
      throws IOException {
    Files.writeString(folder.resolve("bad"), "a {\n");
    Configuration all =
        read("http {\n include missing.conf;\n include bad; upstream p { server a; } }");
    assertThat(all.problems())
        .satisfiesExactly(
            missing ->
                assertThat(missing)
                    .startsWith("%s:2:2: cannot read %s".formatted(main(), path("missing.conf"))),
            bad ->
                assertThat(bad)
                    .isEqualTo(path("bad") + ":1:1: 'a' { has no end (expected: its })"));
    assertThat(all.broken()).containsExactly(all.problems().getLast());
    assertThat(all.upstreams()).hasSize(1);
  }

  @Test
  void includes_that_multiply_are_read_to_a_bound() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.writeString(path("f" + i), "include f%d; include f%d;".formatted(i + 1, i + 1));
    }
    Files.writeString(path("f20"), "a;");
    assertThat(read("include f0;").problems())
        .satisfiesExactly(problem -> assertThat(problem).contains("at most 100000 files"));
  }

  @Test
  void bytes_that_are_no_utf_8_come_back_as_they_were() {
    for (byte[] bytes :
        List.of(
            "# Gr\u00fc\u00dfe".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "# Gr\u00fc\u00dfe".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
      assertThat(FileText.encoded(FileText.decoded(bytes), bytes)).isEqualTo(bytes);
    }
  }

  private Configuration read(String text) throws IOException {
    Files.writeString(main(), text);
    return Configuration.read(main());
  }

  private Path main() {
    return path("nginx.conf");
  }

  private Path path(String name) {
    return folder.resolve(name);
  }
}
