package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.nginxconf.Token;
import dev.weir.nginxconf.Tokens;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever text comes, real nginx reads the file as Weir meant it, or Weir refuses the text. */
class HostileTextProperties {

  private static final PoolId WEB = new PoolId("web");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path FOLDER = newFolder();

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.walk(FOLDER)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 150)
  void names_and_labels_never_leave_their_place(
      @ForAll("hostile") String name, @ForAll("hostile") String label) throws Exception {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("zone", label);
    DesiredPool pool =
        Wanted.pool(WEB)
            .labelled(name, at("10.0.0.1:80"), labels)
            .ready("other", at("10.0.0.2:80"))
            .build();
    NginxSurroundings around =
        new NginxSurroundings(
            List.of(), Surroundings.server("fail_timeout=5s max_fails=1{label:none}"));
    String text = render(pool, around);
    assertThat(nginx(text)).as(text).isEmpty();
    assertThat(servers(text)).isEqualTo(2);
    assertThat(
            section(new NginxSurroundings(List.of(), Surroundings.server("r={label:zone}")), pool))
        .as("one line per server")
        .isEqualTo(2);
  }

  @Property(tries = 300)
  void a_directive_stays_within_its_section(@ForAll("hostile") String item) throws Exception {
    String directive;
    try {
      directive = Surroundings.directive(item);
    } catch (IllegalArgumentException refused) {
      return;
    }
    NginxSurroundings around;
    try {
      around = new NginxSurroundings(List.of(directive), Surroundings.server(""));
    } catch (IllegalArgumentException refused) {
      return;
    }
    DesiredPool pool = Wanted.pool(WEB).ready("m", at("10.0.0.1:80")).build();
    List<String> complaint = nginx(render(pool, around));
    assertThat(complaint)
        .as(directive)
        .allMatch(line ->
            line.contains("weir.conf:5")
                || line.contains("weir.conf:6")
                || line.contains("balancing method")
                || line.matches(".* unknown \"\\w+\" variable"));
  }

  @Property(tries = 300)
  void server_parameters_stay_on_their_line(@ForAll("hostile") String item) throws Exception {
    NginxSurroundings around;
    try {
      around = new NginxSurroundings(List.of(), Surroundings.server(item));
    } catch (IllegalArgumentException refused) {
      return;
    }
    DesiredPool pool =
        Wanted.pool(WEB).ready("m", at("10.0.0.1:80")).ready("n", at("10.0.0.2:80")).build();
    assertThat(nginx(render(pool, around)))
        .as(item)
        .allMatch(line -> line.contains("invalid parameter") && line.contains("weir.conf:5"));
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a",
            "server",
            "127.0.0.1:9",
            " ",
            ";",
            "{",
            "}",
            "#",
            "\"",
            "'",
            "\\",
            "$",
            "${",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "=",
            "down",
            "weight",
            "least_conn",
            "keepalive 8",
            "zone z 64k",
            "upstream",
            "{name}",
            "{label:zone}",
            "\u00e9",
            "\ud83d\ude00",
            "\u2028",
            "hash $uri",
            "max_fails=1",
            "include /dev/null",
            "%",
            "`id`");
    return pieces.list().ofMinSize(0).ofMaxSize(8).map(list -> String.join("", list));
  }

  private static String render(DesiredPool pool, NginxSurroundings around) {
    return "# 1\n# 2\n# 3\n" + Section.of(pool, carried(around), new EmptyAnswers(7781)).text();
  }

  private static long section(NginxSurroundings around, DesiredPool pool) {
    return servers(Section.of(pool, carried(around), new EmptyAnswers(7781)).text());
  }

  private static Carried<NginxSurroundings> carried(NginxSurroundings around) {
    return new Carried<>(WEB, "web", around);
  }

  /** Counted as nginx takes the text apart. */
  private static long servers(String text) {
    List<Token> tokens = Tokens.of(text);
    List<Token> starts = new ArrayList<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (!tokens.get(i - 1).is(Token.Kind.WORD) && tokens.get(i).isWord("server")) {
        starts.add(tokens.get(i));
      }
    }
    return starts.size();
  }

  /**
   * What real nginx finds wrong with the text inside {@code http}; empty when nothing is, and where
   * no nginx is installed: then only Weir's own reading of the text is tested.
   */
  private static List<String> nginx(String text) throws IOException, InterruptedException {
    if (Server.NGINX.find().isEmpty()) {
      return List.of();
    }
    Path fragment = Files.writeString(FOLDER.resolve("weir.conf"), text);
    Path main =
        Files.writeString(
            FOLDER.resolve("nginx.conf"),
            "pid %s/pid; error_log stderr; events {} http { include %s; }"
                .formatted(FOLDER, fragment));
    ProgramResult result =
        Programs.run(
            List.of(Server.NGINX.path().toString(), "-t", "-q", "-c", main.toString()), PATIENCE);
    return result instanceof Exited exited
        ? exited.output().text().lines().filter(line -> line.contains("[emerg]")).toList()
        : List.of(result.toString());
  }

  private static Path newFolder() {
    try {
      return ShortTempDir.create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Endpoint at(String text) {
    return (Endpoint) Address.parse(text);
  }
}
