package dev.weir.haproxyconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.haproxyconf.Configuration.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

  @TempDir Path folder;

  @Test
  void files_and_folders_are_read_in_the_order_of_the_command_line() throws IOException {
    Path first = write("z.cfg", "global\n");
    Path more = Files.createDirectory(folder.resolve("conf.d"));
    write("conf.d/20.cfg", "backend b\n");
    write("conf.d/10.cfg", "backend a\n");
    write("conf.d/.30.cfg", "backend hidden\n");
    write("conf.d/40.cfg.bak", "backend other\n");
    Configuration read = Configuration.read(List.of(first, more));
    assertThat(read.sections().stream().map(s -> s.section().kind() + s.section().name()))
        .containsExactly("global", "backenda", "backendb");
    assertThat(read.sections().getLast().place()).isEqualTo(more.resolve("20.cfg") + ":1");
  }

  @Test
  void a_section_has_what_the_last_defaults_say_or_those_that_it_names() throws IOException {
    Path first =
        write(
            "a.cfg",
            """
            defaults base
              mode http
              balance first
            defaults tcp from base
              mode tcp
            backend a
            backend b from base
            """);
    Path second = write("b.cfg", "backend c\ndefaults\nbackend d\nbackend e from none\n");
    List<Placed> sections = Configuration.read(List.of(first, second)).sections();
    assertThat(inherited(sections, "a")).containsExactly("mode http", "balance first", "mode tcp");
    assertThat(inherited(sections, "b")).containsExactly("mode http", "balance first");
    assertThat(inherited(sections, "c")).isEqualTo(inherited(sections, "a"));
    assertThat(inherited(sections, "d")).isEmpty();
    assertThat(inherited(sections, "e")).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_a_problem_and_the_rest_is_read_all_the_same() throws IOException {
    Path bad = write("bad.cfg", "global\n  a \"\n");
    Path good = write("good.cfg", "backend a\n");
    Path gone = folder.resolve("gone.cfg");
    Configuration read = Configuration.read(List.of(bad, gone, good));
    assertThat(read.sections()).hasSize(1);
    assertThat(read.problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith(bad + ":2:5: a quotation mark"),
            problem -> assertThat(problem).startsWith(gone + ": cannot be read"));
  }

  private static List<String> inherited(List<Placed> sections, String name) {
    return sections.stream()
        .filter(s -> s.section().name().equals(name))
        .flatMap(s -> s.inherited().stream())
        .map(line -> String.join(" ", line.texts()))
        .toList();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
