package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.Cockpit.Ended;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Completion and manual pages, which are made from what the help says. */
class GeneratedTextsTest {

  @TempDir Path folder;

  private CommandLine all(PrintWriter out, PrintWriter err) {
    return Cli.of(new Unused(), new Shell(Map.of(), folder, Terminal.NONE, out, err));
  }

  private Ended weir(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = all(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private String bash(String script) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", script).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }

  @ParameterizedTest
  @CsvSource({"dra, drain", "drain --rea, --reason", "token cre, create", "wait --at, --at-most"})
  void bash_completes_commands_options_and_words(String begun, String expected) throws Exception {
    Path script = folder.resolve("weir.bash");
    Files.writeString(script, weir("completion", "bash").out());
    String[] words = begun.split(" ");
    String completed =
        bash(
            "compopt() { :; }; . %s; COMP_WORDS=(weir %s); COMP_CWORD=%d; _complete_weir; echo ${COMPREPLY[@]}"
                .formatted(script, begun, words.length));
    assertThat(completed.split("\\s+")).contains(expected);
  }

  @Test
  void fish_knows_every_command_and_option() {
    String fish = weir("completion", "fish").out();
    assertThat(fish.lines()).allMatch(line -> line.startsWith("complete -c weir -"));
    assertThat(fish)
        .contains("-n __fish_use_subcommand -a drain -d 'Gives members no new connections")
        .contains("-n '__fish_seen_subcommand_from status' -l check -d 'For scripts")
        .contains("-n '__fish_seen_subcommand_from pools' -s o -l output -x -a 'table json yaml'")
        .contains("-n '__fish_seen_subcommand_from import' -a nginx -d ");
  }

  @Test
  void every_command_has_a_manual_page_with_all_its_options() throws IOException {
    assertThat(weir("man", "--into", "pages").code()).isZero();
    CommandLine weir =
        all(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    TreeSet<String> expected =
        weir.getSubcommands().keySet().stream()
            .map(name -> "weir-" + name + ".1")
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("weir.1");
    try (var pages = Files.list(folder.resolve("pages"))) {
      assertThat(pages.map(page -> page.getFileName().toString())).containsAll(expected);
    }
    for (Map.Entry<String, CommandLine> command : weir.getSubcommands().entrySet()) {
      String page = Files.readString(folder.resolve("pages/weir-" + command.getKey() + ".1"));
      assertThat(page).startsWith(".TH \"WEIR").contains(".SH SYNOPSIS", ".SH EXIT STATUS");
      command.getValue().getCommandSpec().options().stream()
          .map(option -> option.longestName().replace("-", "\\-"))
          .forEach(option -> assertThat(page).contains(option));
      assertThat(page).doesNotContain("${", "$$");
    }
  }

  @Test
  void no_line_of_a_text_is_taken_for_a_request() {
    for (String command : new String[] {"completion", "drain", "import", "run"}) {
      assertThat(weir("man", command).out().lines().filter(line -> line.matches("[.'].*")))
          .allMatch(line -> line.matches("\\.(TH|SH|TP|PP|B|nf|fi)( .*)?"));
    }
    assertThat(weir("man", "completion").out()).contains("\n  . <(weir completion bash)\n");
    assertThat(weir("man", "nothing").code()).isEqualTo(2);
  }
}
