package dev.weir.app.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.Wiring;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxImportTest {

  @TempDir Path folder;

  @Test
  void an_upstream_becomes_a_pool_with_all_that_stands_in_it() throws Exception {
    Proposal proposal =
        propose(
            """
            http {
              upstream web {
                least_conn; # the slowest waits
                server 10.0.0.1:8080 max_fails=2 weight=5;
                server 10.0.0.2      max_fails=2 backup;
                server unix:/run/app.sock max_fails=2;
                server app.example.com:80 max_fails=2;
                keepalive 32;
              }
            }
            """);
    assertThat(proposal.yaml())
        .contains(
            """
            pools:
              web:
                sources:
                  - static:
                      - { address: '10.0.0.1:8080', weight: 5 }
                      - { address: '10.0.0.2:80', backup: true }
                      - 'unix:/run/app.sock'
                      - 'app.example.com:80'
                nginx:
                  directives:
                    - 'least_conn;'
                    - 'keepalive 32;'
                  server: 'max_fails=2'
            """);
    assertThat(proposal.notes())
        .containsExactly(
            main()
                + ":2: delete upstream web when Weir's file is included, nginx takes no two of"
                + " one name");
  }

  @Test
  void what_is_not_the_same_in_weir_is_told_with_its_place() throws Exception {
    Proposal proposal =
        propose(
            """
            http {
              include gone.conf;
              upstream a {
                server 10.0.0.1 max_fails=2 down;
                server 10.0.0.2 max_fails=3 weight=1000;
                server 10.0.0.2;
                server 010.0.0.3;
              }
            }
            stream {
              upstream dns { server 10.0.0.9:53; }
              server { listen 53; listen 53 udp; proxy_pass dns; }
            }
            """);
    assertThat(proposal.notes())
        .satisfiesExactly(
            note -> assertThat(note).startsWith(main() + ":2:3: cannot read"),
            note -> assertThat(note).startsWith(main() + ":4: 10.0.0.1 is down: 'weir disable' it"),
            note -> assertThat(note).startsWith(main() + ":5: weight=1000 becomes 256"),
            note -> assertThat(note).startsWith(main() + ":6: a second server 10.0.0.2:80"),
            note -> assertThat(note).startsWith(main() + ":7: server 010.0.0.3 is left out"),
            note -> assertThat(note).startsWith(main() + ":4: 'max_fails=2' of server 10.0.0.1:80"),
            note -> assertThat(note).startsWith(main() + ":5: 'max_fails=3' of server 10.0.0.2:80"),
            note -> assertThat(note).startsWith(main() + ":3: delete upstream a"),
            note ->
                assertThat(note)
                    .startsWith(main() + ":11: upstream dns gets connections and datagrams"),
            note -> assertThat(note).startsWith(main() + ":11: delete upstream dns"));
  }

  @Test
  void upstreams_of_stream_become_pools_of_what_is_passed_to_them() throws Exception {
    Files.writeString(
        folder.resolve("dns.inc"), "server { listen 127.0.0.1:53 udp reuseport; proxy_pass dns; }");
    Proposal proposal =
        propose(
            """
            http { upstream web { server 10.0.0.1; } }
            stream {
              include dns.inc;
              upstream dns { server 10.0.0.9:53 weight=2; }
              upstream mysql { hash $remote_addr; server 10.0.1.1:3306; server 10.0.1.2:3306; }
              upstream spare { server 10.0.2.1:9; }
              server { listen 3306; proxy_pass mysql; }
            }
            """);
    assertThat(proposal.yaml())
        .contains(
            """
              dns:
                kind: udp
                sources:
                  - static:
                      - { address: '10.0.0.9:53', weight: 2 }
              mysql:
                kind: tcp
                sources:
                  - static:
                      - '10.0.1.1:3306'
                      - '10.0.1.2:3306'
                nginx:
                  directives:
                    - 'hash $remote_addr;'
              spare:
                kind: tcp
            """,
            "  web:\n    sources:",
            "include /etc/nginx/weir/*.conf inside http { } of it,",
            "# and /etc/nginx/weir/stream/*.conf inside stream { }.",
            "upstreams: { http: /etc/nginx/weir/upstreams.conf,"
                + " stream: /etc/nginx/weir/stream/upstreams.conf }",
            "pools: [web, dns, mysql, spare]");
    assertThat(proposal.notes()).hasSize(4).allMatch(note -> note.contains(": delete upstream "));
  }

  @Test
  void a_name_that_http_and_stream_both_have_is_taken_once() throws Exception {
    Proposal proposal =
        propose(
            """
            http { upstream web { server 10.0.0.1; } }
            stream { upstream web { server 10.0.0.1:80; } }
            """);
    assertThat(proposal.yaml()).doesNotContain("kind:", "stream:");
    assertThat(proposal.notes())
        .last()
        .asString()
        .startsWith(main() + ":2: upstream 'web' is left out (expected: one of each name");
  }

  @Test
  void an_upstream_whose_name_weir_does_not_take_is_left_out() throws Exception {
    assertThat(propose("http { upstream \"my app\" { server 10.0.0.1; } }").notes())
        .singleElement()
        .asString()
        .startsWith(main() + ":1: upstream 'my app' is left out");
  }

  @Test
  void without_an_upstream_the_proposal_is_empty() throws Exception {
    assertThat(propose("events { }").yaml()).endsWith("pools: {}\n");
  }

  @Test
  void values_that_yaml_would_take_for_something_else_are_quoted() throws Exception {
    String yaml =
        propose(
                """
                http { upstream on {
                  server 10.0.0.1;
                  balancer_by_lua_block {
                    local a = 'it''s: {'
                  }
                  hash "$x\ty: #" consistent;
                } }
                """)
            .yaml();
    assertThat(yaml)
        .contains("  'on':\n", "balancer_by_lua_block { local a = ''it''''s: {'' }", "\\u0009");
  }

  @Test
  void a_main_file_that_is_not_there_is_named() {
    assertThatThrownBy(() -> NginxImport.of(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessage(folder.resolve("none") + " cannot be read (expected: nginx's main file)");
  }

  /** Every proposal is one that Weir itself accepts. */
  private Proposal propose(String conf) throws Exception {
    Files.writeString(main(), conf);
    Proposal proposal = NginxImport.of(main());
    Path weir = Files.writeString(folder.resolve("weir.yaml"), proposal.yaml());
    if (!proposal.yaml().contains("\\u")) {
      assertThat(new ConfigLoader(Wiring.KINDS).load(weir, Texts.DISK))
          .isInstanceOf(Loaded.Accepted.class);
    }
    return proposal;
  }

  private Path main() {
    return folder.resolve("nginx.conf");
  }
}
