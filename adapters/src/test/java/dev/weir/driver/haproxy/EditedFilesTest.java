package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Plans.API;
import static dev.weir.driver.haproxy.Plans.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Plan;
import dev.weir.testkit.contract.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the text of a user's file. */
class EditedFilesTest {

  private static final String GLOBAL = "global\n    daemon\n";

  @TempDir Path folder;
  private String server = "";

  @Test
  void lines_that_are_as_they_should_be_are_only_marked() throws IOException {
    String text =
        """
        global # the first
        \tdaemon

        listen be_api # "ours
          bind :80
          server web1 10.0.0.1:80   check  weight 5 # in rack 1
          server web2 10.0.0.2:80 backup\t
        """;
    assertThat(edited(text, pool().ready("a", ip(1), 5).backup("b", ip(2))))
        .isEqualTo(
            text.replace("# in rack 1", "# weir # in rack 1").replace("backup\t", "backup # weir"));
  }

  @Test
  void marked_lines_that_are_as_they_should_be_are_not_touched() throws IOException {
    String text = GLOBAL + "backend be_api\n server a 10.0.0.1:80 # weir # mine\n";
    assertThat(plan(text, pool().ready("a", ip(1)))).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void only_a_change_of_marks_is_no_change() throws IOException {
    String text = GLOBAL + "backend be_api\n server a 10.0.0.1:80 check\n";
    assertThat(plan(text, pool().ready("x", ip(1)))).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void members_that_come_get_what_all_lines_have_in_common_as_it_is_written() throws IOException {
    assertThat(
            edited(
                """
                global
                    daemon
                backend be_api
                \tserver x 10.0.0.1:80 check inter 2s weight 3 fall 2 observe layer7 # weir
                \tserver y 10.0.0.2:80 observe "layer7" inter 2s fall 3 check maxconn 5 # weir

                # the end
                """,
                pool().ready("x", ip(1), 3).ready("y", ip(2)).ready("z", ip(3), 2)))
        .contains(
            "# weir\n\tserver z 10.0.0.3:80 weight 2 check inter 2s observe layer7 # weir\n\n# the end\n");
  }

  @Test
  void the_parameters_of_the_configuration_come_first() throws IOException {
    server = "check observe {name}";
    assertThat(
            edited(
                GLOBAL + "backend be_api\n  server x 10.0.0.1:80 maxconn 5 # weir\n",
                pool().ready("x", ip(1)).ready("y", ip(2))))
        .endsWith(
            """
              server x 10.0.0.1:80 maxconn 5 # weir
              server y 10.0.0.2:80 check observe y # weir
            """);
  }

  @Test
  void servers_of_the_users_stay_whatever_weir_has() throws IOException {
    String theirs =
        """
        backend be_api
          server db db.example.com:80
          server env "${WEB}":80
          server hand 10.0.0.9:80 # by hand
        .if defined(MORE)
          server more 10.0.0.8:80
        .endif
          server-template t 1-2 t.example:80
        """;
    String text = GLOBAL + theirs + "  server old 10.0.0.7:80 # weir\n";
    assertThat(edited(text, pool().ready("hand", ip(1))))
        .endsWith(theirs + "  server hand_" + tail("10.0.0.1:80") + " 10.0.0.1:80 # weir\n");
  }

  @Test
  void a_member_that_is_out_is_disabled_and_its_mark_says_why() throws IOException {
    String text =
        GLOBAL
            + """
            backend be_api
              server a 10.0.0.1:80 weight 7 check # weir
              server b 10.0.0.2:80 disabled # weir: maint # why not
              server c 10.0.0.3:80 disabled check
              server d 10.0.0.4:80 # weir
            """;
    assertThat(
            edited(
                text,
                pool().drain("a", ip(1)).ready("b", ip(2)).ready("c", ip(3)).maint("d", ip(4))))
        .endsWith(
            """
              server a 10.0.0.1:80 weight 1 check disabled # weir: drain
              server b 10.0.0.2:80 # weir # why not
              server c 10.0.0.3:80 check # weir
              server d 10.0.0.4:80 disabled # weir: maint
            """);
  }

  @Test
  void what_the_defaults_say_is_contradicted_where_it_has_to_be() throws IOException {
    String text =
        """
        global
        defaults
          default-server weight 10 backup disabled inter 1s
        backend be_api
          default-server weight 20
          server a 10.0.0.1:80 # weir
          server b 10.0.0.2:80 weight 3 no-backup enabled # weir
          server slot1 10.0.0.3:80 enabled # weir
        """;
    assertThat(
            edited(
                text,
                pool()
                    .ready("a", ip(1), 20)
                    .maint("b", ip(2))
                    .backup("c", ip(3))
                    .ready("d", ip(4))))
        .contains(
            """
              server a 10.0.0.1:80 no-backup enabled # weir
              server b 10.0.0.2:80 weight 1 no-backup # weir: maint
              server slot1 10.0.0.3:80 weight 1 enabled # weir
              server slot2 10.0.0.4:80 weight 1 no-backup enabled # weir
            """);
  }

  @Test
  void a_member_that_moved_keeps_its_line() throws IOException {
    assertThat(
            edited(
                GLOBAL + "backend be_api\n  server a  10.0.0.1:80  check # weir\n",
                pool().ready("a", ip(2))))
        .endsWith("  server a  10.0.0.2:80  check # weir\n");
  }

  @Test
  void the_place_and_the_parameters_of_the_last_line_are_kept() throws IOException {
    String some = GLOBAL + "backend be_api\n      server a 10.0.0.1:80 check # weir\n  # end\n";
    String none = edited(some, pool());
    assertThat(none).endsWith("backend be_api\n      # weir: new servers get: check\n  # end\n");
    assertThat(edited(none, pool().ready("b", ip(2))))
        .endsWith("backend be_api\n      server b 10.0.0.2:80 check # weir\n  # end\n");
  }

  /** Slots stand where HAProxy takes no new server, here because of the quotes. */
  @Test
  void slots_keep_the_parameters_when_the_last_other_line_goes() throws IOException {
    String text = GLOBAL + "backend be_api\n  server a 10.0.0.1:80 observe 'layer7' # weir\n";
    String slots = edited(text, pool().ready("b", ip(2)));
    assertThat(slots)
        .contains("  server slot1 10.0.0.2:80 observe 'layer7' # weir\n")
        .doesNotContain("server a");
    assertThat(edited(slots, pool().ready("b", ip(2)))).isEqualTo(slots);
  }

  /** With the line that has other parameters, the reason goes why new servers needed no slots. */
  @Test
  void slots_come_with_the_first_member_that_no_line_stands_for() throws IOException {
    String left = GLOBAL + "backend be_api\n  server s2  10.0.0.2:80 observe 'layer7'\n";
    String text = left + "  server s3 10.0.0.3:80 # weir\n";
    assertThat(edited(text, pool())).isEqualTo(left);
    assertThat(edited(left, pool())).isEqualTo(left);
    assertThat(edited(left, pool().ready("b", ip(3))))
        .contains("server slot1 10.0.0.3:80 observe 'layer7' # weir\n", "server slot8 ");
  }

  @Test
  void an_empty_section_gets_its_first_line() throws IOException {
    assertThat(edited(GLOBAL + "backend be_api\nbackend b\n", pool().ready("a", ip(1))))
        .endsWith("backend be_api\n    server a 10.0.0.1:80 # weir\nbackend b\n");
    assertThat(edited(GLOBAL + "backend be_api\n\tmode http\n\n# b\n", pool().ready("a", ip(1))))
        .endsWith("backend be_api\n\tmode http\n\tserver a 10.0.0.1:80 # weir\n\n# b\n");
  }

  @Test
  void lines_end_as_they_do_in_the_file() throws IOException {
    String text = "global\r\nbackend be_api\r\n  server a 10.0.0.1:80 check\r\n# end";
    assertThat(edited(text, pool().maint("a", ip(1)).ready("b", ip(2))))
        .endsWith(
            "\r\n  server a 10.0.0.1:80 check disabled # weir: maint\r\n"
                + "  server b 10.0.0.2:80 check # weir\r\n# end");
  }

  @Test
  void an_empty_pool_answers_as_it_was_asked_to() throws IOException {
    String text = GLOBAL + "backend be_api\n  balance first\n  http-request deny if X\n";
    String rule = "  http-request return status 410 if { nbsrv(be_api) eq 0 } # weir\n";
    String with = edited(text, pool().empty(new EmptyPolicy.Status(410)));
    assertThat(with)
        .endsWith("backend be_api\n" + rule + "  balance first\n  http-request deny if X\n");
    assertThat(edited(with, pool().empty(new EmptyPolicy.Status(410)))).isEqualTo(with);
    assertThat(edited(with, pool())).isEqualTo(text);
    assertThat(edited(with, pool().ready("a", ip(1))))
        .isEqualTo(text + "  server a 10.0.0.1:80 # weir\n");
    Endpoint fallback = ip(9);
    assertThat(edited(text, pool().empty(new EmptyPolicy.Fallback(fallback))))
        .endsWith("  server weir:fallback 10.0.0.9:80 backup # weir\n");
  }

  @Test
  void the_variable_stands_in_the_first_global_section_and_goes_with_the_content()
      throws IOException {
    String text = "# head\nglobal # g\n\tdaemon\nbackend be_api\n";
    String one = written(text, pool().ready("a", ip(1)));
    assertThat(one)
        .containsPattern(
            "^# head\nglobal # g\n\tsetenv WEIR_INNER [0-9a-f]{32} # weir\n\tdaemon\n");
    String other = written(one, pool().ready("a", ip(2)));
    assertThat(variable(other)).isNotEqualTo(variable(one));
    assertThat(variable(written(other, pool().ready("a", ip(1))))).isEqualTo(variable(one));
  }

  /** A Weir that was interrupted between the switch and the reload leaves that. */
  @Test
  void a_file_that_says_all_already_is_loaded_if_haproxy_was_not_loaded_from_it()
      throws IOException {
    String text = written(GLOBAL + "backend be_api\n", pool().ready("a", ip(1)));
    assertThat(editor().planBesideStranger(text, pool().ready("a", ip(1))))
        .isInstanceOfSatisfying(
            Plan.Reload.class,
            plan -> {
              assertThat(plan.reasons().getFirst()).contains("was loaded before its files");
              assertThat(plan.files()).extracting(FileContent::text).containsExactly(text);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          global\\nbackend other            | no section be_api in FILE, and pool api is kept in it
          backend be_api                    | no global section in FILE (expected: one, outside of .if)
          global\\nfrontend be_api          | no section be_api in FILE
          global\\n.if 1\\nbackend be_api\\n.endif | no section be_api in FILE
          global\\nbackend be_api\\nlisten be_api  | be_api stands more than once: FILE:2, FILE:3
          global\\nbackend be_api\\n a "    | FILE:3:4: a quotation mark without its partner
          """)
  void a_file_that_cannot_be_kept_is_a_reason_to_do_nothing(String text, String reason)
      throws IOException {
    String file = Plans.FILE.toString();
    assertThat(plan(text.replace("\\n", "\n") + "\n", pool().ready("a", ip(1))))
        .isInstanceOfSatisfying(
            Plan.Blocked.class,
            plan -> {
              assertThat(plan.steps()).isEmpty();
              assertThat(plan.problem()).startsWith(reason.replace("FILE", file));
            });
  }

  @Test
  void a_file_that_is_away_is_not_an_empty_one() throws IOException {
    assertThat(editor().plan(Optional.empty(), pool()))
        .isInstanceOfSatisfying(
            Plan.Blocked.class,
            plan ->
                assertThat(plan.problem())
                    .contains("cannot be read")
                    .contains(Plans.FILE.toString()));
  }

  private static String variable(String text) {
    return text.replaceFirst("(?s).*setenv WEIR_INNER (\\S+).*", "$1");
  }

  private static String tail(String address) {
    return Fingerprint.of(address).hex().substring(0, 6);
  }

  private static Wanted pool() {
    return Wanted.pool(API);
  }

  private String edited(String text, Wanted pool) throws IOException {
    return editor().edited(text, pool);
  }

  private String written(String text, Wanted pool) throws IOException {
    return editor().written(text, pool);
  }

  private Plan plan(String text, Wanted pool) throws IOException {
    return editor().plan(Optional.of(text), pool);
  }

  private Editor editor() {
    return new Editor(folder, server);
  }
}
