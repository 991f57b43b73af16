package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.Wiring;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.Texts;
import dev.weir.app.config.WeirConfig;
import dev.weir.model.PoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy's own files have to say about a pool. */
class NamedPoolsTest {

  @TempDir private Path folder;
  private Path haproxy = Path.of("/");

  @BeforeEach
  void name() {
    haproxy = folder.resolve("haproxy.cfg");
  }

  @Test
  void aPoolIsNamedByItsWholeName() throws IOException {
    Files.writeString(haproxy, "frontend in\n  default_backend svc_web\n");
    assertThat(named("svc_web")).isTrue();
    assertThat(named("svc_we")).isFalse();
  }

  @Test
  void aFileThatIsNotThereNamesNothing() throws IOException {
    assertThat(named("svc_web")).isFalse();
  }

  @Test
  void aFileThatCannotBeReadMayNameAnything() throws IOException {
    Files.createSymbolicLink(haproxy, haproxy); // root may read everything but this
    assertThat(named("svc_web")).isTrue();
  }

  private boolean named(String pool) throws IOException {
    Path file = folder.resolve("weir.yaml");
    Files.writeString(
        file,
        """
        pools: { %s: { sources: [ { static: [ '10.0.0.1:80' ] } ] } }
        proxies:
          edge:
            haproxy: { backends: %s/b.cfg, config: [ %s ] }
            pools: [ %s ]
        """
            .formatted(pool, folder, haproxy, pool));
    Loaded loaded = new ConfigLoader(Wiring.KINDS).load(file, Texts.DISK);
    assertThat(loaded).isInstanceOf(Loaded.Accepted.class);
    WeirConfig config = ((Loaded.Accepted) loaded).config();
    PoolConfig configured = config.pool(new PoolId(pool)).orElseThrow();
    return NamedPools.named(config, List.of(configured)).equals(Set.of(configured));
  }
}
