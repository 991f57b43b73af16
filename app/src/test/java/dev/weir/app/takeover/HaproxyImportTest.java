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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaproxyImportTest {

  @TempDir Path folder;

  @Test
  void a_section_becomes_a_pool_that_is_kept_where_it_stands() throws Exception {
    Proposal proposal =
        propose(
            """
            global
              stats socket /run/ha.sock mode 600 level admin
              pidfile /run/ha.pid
            defaults
              default-server weight 3
            frontend f
              bind :80
            listen web
              balance leastconn
              server w1 10.0.0.1:8080 check inter 2s weight 5
              server w2 ipv4@10.0.0.2:8080 check backup
              server w3 [::1]:80
              server w4 unix@/run/app.sock weight 1
            backend none
            """);
    assertThat(proposal.yaml())
        .endsWith(
            """
            pools:
              web:
                sources:
                  - static:
                      - { address: '10.0.0.1:8080', name: w1, weight: 5 }
                      - { address: '10.0.0.2:8080', name: w2, weight: 3, backup: true }
                      - { address: '[0:0:0:0:0:0:0:1]:80', name: w3, weight: 3 }
                      - { address: 'unix:/run/app.sock', name: w4 }
            proxies:
              inner:
                mode: observe
                haproxy:
                  edit: [%1$s]
                  config: [%1$s]
                  sockets: [/run/ha.sock]
                  pid: /run/ha.pid
                pools: [web]
            """
                .formatted(Scalar.of(main().toString())));
    assertThat(proposal.notes()).isEmpty();
  }

  @Test
  void what_is_not_the_same_in_weir_is_told_with_its_place() throws Exception {
    Proposal proposal =
        propose(
            """
            defaults
            backend a
              server h app.example:80
              server e "$HOST":80
              server d 10.0.0.1:80 disabled
              server z 10.0.0.2:80 weight 0
              server y 10.0.0.2:80
              server-template t 1-3 t.example:80
            .if 1
              server c 10.0.0.3:80
            .endif
            backend hosts
              server h app.example:80
            backend a
              server x 10.0.0.9:80
            .if 1
            backend maybe
              server x 10.0.0.9:80
            .endif
            """);
    assertThat(proposal.notes())
        .satisfiesExactly(
            note -> assertThat(note).startsWith(main() + ":3: server h stays as it is"),
            note -> assertThat(note).startsWith(main() + ":4: server e stays as it is"),
            note -> assertThat(note).startsWith(main() + ":5: 10.0.0.1:80 is disabled"),
            note -> assertThat(note).startsWith(main() + ":6: weight 0 becomes 1"),
            note -> assertThat(note).startsWith(main() + ":7: a second server at 10.0.0.2:80"),
            note -> assertThat(note).startsWith(main() + ":10: server c stays as it is"),
            note -> assertThat(note).startsWith(main() + ":8: server-template stays as it is"),
            note -> assertThat(note).startsWith(main() + ":13: server h stays as it is"),
            note -> assertThat(note).startsWith(main() + ":14: backend 'a' is left out"),
            note -> assertThat(note).startsWith(main() + ":17: backend 'maybe' is left out"),
            note -> assertThat(note).endsWith("write a global section, Weir needs one"),
            note -> assertThat(note).startsWith("write 'stats socket"));
    assertThat(proposal.yaml()).contains("pools: [a]");
  }

  @Test
  void several_files_are_kept_and_all_are_checked() throws Exception {
    Files.writeString(main(), "global\n  stats socket /run/a.sock level admin\n");
    Path more = Files.createDirectory(folder.resolve("conf.d"));
    Path web = Files.writeString(more.resolve("web.cfg"), "backend w\n server a 10.0.0.1:1\n");
    Files.writeString(more.resolve("other.cfg"), "frontend o\n bind :80\n");
    Proposal proposal = loaded(HaproxyImport.of(List.of(main(), more)));
    assertThat(proposal.yaml())
        .contains("edit: [%s, %s]\n".formatted(scalar(main()), scalar(web)))
        .contains("config: [%s, %s]\n".formatted(scalar(main()), scalar(more)));
  }

  @Test
  void without_a_server_the_proposal_is_empty() throws Exception {
    assertThat(propose("global\nbackend a\n").yaml()).endsWith("pools: {}\n");
  }

  @Test
  void of_files_that_are_no_configuration_nothing_is_proposed() throws Exception {
    Files.writeString(main(), "backend a\n  server \"a\n");
    assertThatThrownBy(() -> HaproxyImport.of(List.of(main())))
        .isInstanceOfSatisfying(
            NotImported.class,
            e ->
                assertThat(e.problems()).singleElement().asString().startsWith(main() + ":2:10: "));
    assertThatThrownBy(() -> HaproxyImport.of(List.of(folder.resolve("none"))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve("none") + " cannot be read");
  }

  private static String scalar(Path path) {
    return Scalar.of(path.toString());
  }

  private Proposal propose(String conf) throws Exception {
    Files.writeString(main(), conf);
    return loaded(HaproxyImport.of(List.of(main())));
  }

  /** Every proposal is one that Weir itself accepts. */
  private Proposal loaded(Proposal proposal) throws IOException {
    Path weir = Files.writeString(folder.resolve("weir.yaml"), proposal.yaml());
    assertThat(new ConfigLoader(Wiring.KINDS).load(weir, Texts.DISK))
        .isInstanceOf(Loaded.Accepted.class);
    return proposal;
  }

  private Path main() {
    return folder.resolve("haproxy.cfg");
  }
}
