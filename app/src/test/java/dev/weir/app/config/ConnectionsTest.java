package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.PoolId;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named connections, and the sources that are laid over them. */
class ConnectionsTest {

  @TempDir private Path folder;

  @Test
  void aSourceTakesTheKeysOfItsConnectionAndReplacesSome() throws IOException {
    WeirConfig config =
        accepted(
            """
            connections:
              main: { etcd: { endpoint: etcd1, user: weir } }
            pools:
              a: { sources: [ { etcd: { at: main, prefix: /a } } ] }
              b: { sources: [ { etcd: { at: main, prefix: /b, user: other }, optional: true } ] }
              c: { sources: [ { etcd: { endpoint: etcd2, prefix: /c } } ] }
            """);
    assertThat(options(config, "a")).isEqualTo(new Options("etcd1", Optional.of("weir"), "/a"));
    assertThat(options(config, "b")).isEqualTo(new Options("etcd1", Optional.of("other"), "/b"));
    assertThat(options(config, "c")).isEqualTo(new Options("etcd2", Optional.empty(), "/c"));
    assertThat(config.pool(new PoolId("b")).orElseThrow().sources().getFirst().entry().need())
        .isEqualTo(SourceConfig.Need.OPTIONAL);
  }

  @Test
  void aProfileMayNameAConnectionToo() throws IOException {
    WeirConfig config =
        accepted(
            """
            connections: { main: { etcd: { endpoint: etcd1 } } }
            profiles: { stored: { sources: [ { etcd: { at: main, prefix: /p } } ] } }
            pools: { a: { use: stored } }
            """);
    assertThat(options(config, "a")).isEqualTo(new Options("etcd1", Optional.empty(), "/p"));
  }

  @Test
  void whatIsWrongWithAConnectionIsToldWhereItStands() throws IOException {
    assertThat(
            problems(
                """
                connections:
                  main: { etcd: { endpont: etcd1 } }
                  other: { consul: { address: c } }
                  file: { docker: { label: a } }
                pools:
                  a: { sources: [ { etcd: { at: man, endpoint: e, prefix: /a } } ] }
                  b: { sources: [ { etcd: { at: other, endpoint: e, prefix: /b } } ] }
                """))
        .containsExactly(
            "2:17: connections.main.etcd: endpoint is missing (expected: a host)",
            "2:19: connections.main.etcd.endpont: unknown key \"endpont\" (did you mean endpoint?)",
            "4:11: connections.file.docker: unknown key \"docker\" (expected: consul, etcd)",
            "6:33: sources[].etcd.at: unknown connection \"man\" (did you mean main?)",
            "7:33: sources[].etcd.at: \"other\" at weir.yaml:3:10 is another kind of connection"
                + " (expected: one with etcd)");
  }

  /** How a store is reached, and what is read of it. */
  record Options(String endpoint, Optional<String> user, String prefix) {}

  /** A source with a connection, which cannot be opened. */
  private record StoreSource(String name, String host) implements SourceType<Options> {

    private Shape.Key<String> endpoint() {
      return Shape.Key.required(host, Shape.text("a host"), "The host.");
    }

    private static final Shape.Key<String> USER =
        Shape.Key.optional("user", Shape.text("a name"), "The user.");
    private static final Shape.Key<String> PREFIX =
        Shape.Key.required("prefix", Shape.text("a path"), "The path.");

    @Override
    public Shape<Options> options() {
      Shape.Key<String> endpoint = endpoint();
      return new Shape.Mapping<>(
          "a mapping",
          List.of(AT, PREFIX, endpoint, USER),
          values -> new Options(values.get(endpoint), values.find(USER), values.get(PREFIX)));
    }

    @Override
    public List<Shape.Key<?>> connection() {
      return List.of(endpoint(), USER);
    }

    @Override
    public Source open(Options options, SourceType.Context context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Kinds KINDS =
      new Kinds(
          List.of(
              new StoreSource("etcd", "endpoint"),
              new StoreSource("consul", "address"),
              new SampleKinds.LabelSource()),
          SampleKinds.ALL.probes(),
          SampleKinds.ALL.proxies());

  private static Object options(WeirConfig config, String pool) {
    return config.pool(new PoolId(pool)).orElseThrow().sources().getFirst().entry().options();
  }

  private WeirConfig accepted(String text) throws IOException {
    Loaded loaded = load(text);
    assertThat(loaded).isInstanceOf(Loaded.Accepted.class);
    return ((Loaded.Accepted) loaded).config();
  }

  private List<String> problems(String text) throws IOException {
    return ((Loaded.Refused) load(text))
        .problems().stream()
            .map(Problem::toString)
            .map(line -> line.replace(folder + "/", ""))
            .map(line -> line.replaceFirst("^weir.yaml:", ""))
            .toList();
  }

  private Loaded load(String text) throws IOException {
    Path main = Files.writeString(folder.resolve("weir.yaml"), text);
    return new ConfigLoader(KINDS).load(main, Texts.DISK);
  }
}
