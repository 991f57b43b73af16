package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.MemberId;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.ServerState;
import dev.weir.nginxconf.Upstream;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.testkit.contract.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EditedFilesTest {

  private static final PoolId WEB = new PoolId("web");
  private static final Path FILE = Path.of("/etc/nginx/nginx.conf");
  private static final Map<Path, Upstream.Context> FILES = Map.of(FILE, Upstream.Context.HTTP);
  private static final EmptyAnswers ANSWERS = new EmptyAnswers(7781);

  private static final String TEXT =
      """
      # all of it
      http {
      \tupstream web { # ours
      \t\tleast_conn;
      \t\tserver 10.0.0.1:80   max_fails=2; # the first

      \t\tserver "10.0.0.2" max_fails=2 weight=3;
      \t\tkeepalive 8;
      \t}
      \tserver { listen 80; }
      }
      """;

  @Test
  void what_is_as_it_should_be_stays_byte_for_byte() {
    assertThat(edited(TEXT, pool().ready("a", at("10.0.0.1:80")).ready("b", at("10.0.0.2:80"), 3)))
        .isEqualTo(TEXT);
  }

  @Test
  void only_the_lines_of_members_that_change_are_touched() {
    assertThat(edited(TEXT, pool().ready("b", at("10.0.0.2:80")).ready("c", at("10.0.0.3:80"), 2)))
        .isEqualTo(
            TEXT.replace("\t\tserver 10.0.0.1:80   max_fails=2; # the first\n", "")
                .replace(
                    "\t\tserver \"10.0.0.2\" max_fails=2 weight=3;\n",
                    """
                    \t\tserver "10.0.0.2" max_fails=2;
                    \t\tserver 10.0.0.3:80 max_fails=2 weight=2;
                    """));
  }

  @Test
  void a_disabled_member_stays_with_a_marker_and_comes_back_as_it_was() {
    Wanted disabled = pool().maint("a", at("10.0.0.1:80")).ready("b", at("10.0.0.2:80"), 3);
    String out = edited(TEXT, disabled);
    assertThat(out)
        .contains("\t\tserver 10.0.0.1:80 max_fails=2 down; # weir: maint # the first\n");
    assertThat(members(out))
        .extracting(ObservedMember::state)
        .containsExactly(ServerState.MAINT, ServerState.READY);
    assertThat(edited(out, disabled)).isEqualTo(out);
    assertThat(edited(out, pool().ready("a", at("10.0.0.1:80")).ready("b", at("10.0.0.2:80"), 3)))
        .isEqualTo(TEXT.replace("80   max", "80 max"));
  }

  @Test
  void a_pool_without_ready_members_answers_and_fills_again() {
    String empty = edited(TEXT, pool());
    assertThat(empty)
        .contains("\t\tserver 127.7.5.3:7781 max_fails=0; # weir: substitute\n")
        .doesNotContain("10.0.0.");
    assertThat(members(empty)).isEmpty();
    assertThat(edited(empty, pool())).isEqualTo(empty);
    assertThat(edited(empty, pool().ready("a", at("10.0.0.1:80"))))
        .contains("\t\tserver 10.0.0.1:80;\n")
        .doesNotContain("127.7");
  }

  @Test
  void line_ends_and_the_last_line_stay_as_they_are() {
    String windows = "upstream web {\r\n  server 10.0.0.1:80;\r\n}";
    assertThat(edited(windows, pool().ready("a", at("10.0.0.1:80")).ready("b", at("10.0.0.2:80"))))
        .isEqualTo("upstream web {\r\n  server 10.0.0.1:80;\r\n  server 10.0.0.2:80;\r\n}");
  }

  @Test
  void a_line_that_names_a_member_by_its_host_stays_byte_for_byte() {
    String text = "upstream web {\n  server  app.example:80   max_fails=2 ;\n}\n";
    Endpoint resolved = at("10.0.0.1:80");
    DesiredMember member =
        new DesiredMember(
            new MemberId(WEB, Address.parse("app.example:80")),
            "app",
            resolved,
            ServerState.READY,
            1,
            false,
            new TreeMap<>(),
            new Because(Because.Cause.CHECK_PASSED, "a test"));
    DesiredPool pool = DesiredPool.of(WEB, List.of(member), List.of(), EmptyPolicy.DEFAULT);
    NginxSurroundings around = NginxSurroundings.NONE;
    Section section = Section.of(pool, new Carried<>(WEB, "web", around), ANSWERS);
    assertThat(
            new EditedFiles(FILES, file(text))
                .changed(
                    List.of(section),
                    ANSWERS,
                    any -> new EditedFiles.Carried("web", PoolKind.HTTP, around)))
        .isEmpty();
  }

  @Test
  void blocks_in_one_line_and_blocks_without_members_take_members() {
    assertThat(
            edited(
                "upstream web { server 10.0.0.1:80; }\n",
                pool().ready("a", at("10.0.0.1:80")).ready("b", at("10.0.0.2:80"))))
        .isEqualTo("upstream web { server 10.0.0.1:80; \n    server 10.0.0.2:80;\n}\n");
    assertThat(edited("upstream web\n{\n}\n", pool().ready("a", at("10.0.0.1:80"))))
        .isEqualTo("upstream web\n{\n    server 10.0.0.1:80;\n}\n");
  }

  @Test
  void an_upstream_of_stream_is_left_alone() {
    assertThat(
            new EditedFiles(FILES, file("stream { upstream web { } }")).has("web", PoolKind.HTTP))
        .isFalse();
  }

  @Test
  void http_and_stream_each_have_names_of_their_own() {
    EditedFiles both =
        new EditedFiles(
            FILES,
            file(
                "http { upstream web { server 10.0.0.1:80; } }"
                    + " stream { upstream web { server 10.0.0.2:53; } upstream dns { } }"));
    assertThat(both.members("web", PoolKind.HTTP).orElseThrow())
        .extracting(member -> member.endpoint().toString())
        .containsExactly("10.0.0.1:80");
    assertThat(both.members("web", PoolKind.UDP).orElseThrow())
        .extracting(member -> member.endpoint().toString())
        .containsExactly("10.0.0.2:53");
    assertThat(both.has("dns", PoolKind.HTTP)).isFalse();
  }

  @Test
  void outside_of_blocks_the_context_is_that_of_the_file() {
    EditedFiles included =
        new EditedFiles(Map.of(FILE, Upstream.Context.STREAM), file("upstream dns { }"));
    assertThat(included.has("dns", PoolKind.TCP)).isTrue();
    assertThat(included.has("dns", PoolKind.HTTP)).isFalse();
  }

  @Test
  void an_empty_pool_of_stream_closes_connections() {
    DesiredPool pool = pool().build();
    Section section = Section.of(pool, new Carried<>(WEB, "web", NginxSurroundings.NONE), ANSWERS);
    List<FileContent> changed =
        new EditedFiles(FILES, file("stream { upstream web { server 10.0.0.1:53; } }"))
            .changed(
                List.of(section),
                ANSWERS,
                any -> new EditedFiles.Carried("web", PoolKind.TCP, NginxSurroundings.NONE));
    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().text())
        .contains("server 127.0.0.1:1 down; # weir: substitute")
        .doesNotContain("10.0.0.1:53");
  }

  @Test
  void a_file_that_cannot_be_taken_apart_is_a_problem_with_its_place() {
    assertThat(new EditedFiles(FILES, file("upstream web {")).problem())
        .contains("/etc/nginx/nginx.conf:1:1: 'upstream' { has no end (expected: its })");
    assertThat(new EditedFiles(FILES, List.of(new ObservedFile(FILE, Optional.empty()))).problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("/etc/nginx/nginx.conf cannot be read"));
    assertThat(new EditedFiles(FILES, file(TEXT)).problem()).isEmpty();
  }

  private static Wanted pool() {
    return Wanted.pool(WEB);
  }

  private static Endpoint at(String address) {
    return (Endpoint) Address.parse(address);
  }

  private static List<ObservedFile> file(String text) {
    return List.of(new ObservedFile(FILE, Optional.of(text)));
  }

  private static List<ObservedMember> members(String text) {
    return new EditedFiles(FILES, file(text)).members("web", PoolKind.HTTP).orElseThrow();
  }

  private static String edited(String text, Wanted wanted) {
    DesiredPool pool = wanted.build();
    NginxSurroundings around = NginxSurroundings.NONE;
    Section section = Section.of(pool, new Carried<>(WEB, "web", around), ANSWERS);
    return new EditedFiles(FILES, file(text))
            .changed(
                List.of(section),
                ANSWERS,
                any -> new EditedFiles.Carried("web", PoolKind.HTTP, around))
            .stream()
            .map(FileContent::text)
            .findFirst()
            .orElse(text);
  }
}
