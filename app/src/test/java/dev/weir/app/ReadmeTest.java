package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.Cli;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.ConfigText;
import dev.weir.app.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README shows is accepted as it stands. */
class ReadmeTest {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

  @Test
  void itsConfigurationIsAccepted() throws IOException {
    Path file = Path.of("weir.yaml");
    SortedMap<Path, String> files = new TreeMap<>();
    files.put(file, blocks("yaml").getFirst());
    assertThat(new ConfigLoader(Wiring.KINDS).load(new ConfigText(file, files)))
        .isInstanceOf(Loaded.Accepted.class);
  }

  @Test
  void itsCommandsExistWithTheirOptions() throws IOException {
    List<String> commands = commands("./weir ");
    assertThat(commands).hasSizeGreaterThan(5);
    CommandLine weir = Cli.of(new Standalone(Wiring.KINDS));
    assertThat(commands)
        .allSatisfy(
            command -> assertThat(weir.parseArgs(words(command)).errors()).as(command).isEmpty());
  }

  @Test
  void itsScriptsCanBeRun() throws IOException {
    List<String> scripts = commands("./").stream().filter(c -> !c.contains(" ")).toList();
    assertThat(scripts).containsExactly("./demo", "./test");
    assertThat(scripts).allSatisfy(script -> assertThat(CHECKOUT.resolve(script)).isExecutable());
  }

  @Test
  void itsLinksLeadSomewhere() throws IOException {
    List<String> links = LINK.matcher(readme()).results().map(m -> m.group(1)).toList();
    assertThat(links).isNotEmpty();
    assertThat(links).allSatisfy(link -> assertThat(CHECKOUT.resolve(link)).exists());
  }

  private static List<String> commands(String prefix) throws IOException {
    return blocks("").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(prefix))
        .toList();
  }

  private static String[] words(String command) {
    return WORD.matcher(command.substring("./weir ".length()))
        .results()
        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
        .toArray(String[]::new);
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(readme())
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .toList();
  }

  private static String readme() throws IOException {
    return Files.readString(CHECKOUT.resolve("README.md"));
  }
}
