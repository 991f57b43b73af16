package dev.weir.app.run;

import dev.weir.app.Wiring;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.PoolSetConfig;
import dev.weir.app.config.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pool set as configured: the services of a Consul, which is never asked. */
final class SampleSet {

  private SampleSet() {}

  /** Of the folders below /pools in a file of its own, which has this one. */
  static PoolSetConfig<?, ?> ofFolder(Path folder, String key) throws IOException {
    Path pools = folder.resolve("pools.yaml");
    Files.writeString(pools, "pools: { %s: { one: '10.0.0.1:80' } }\n".formatted(key));
    Path file = folder.resolve("folders.yaml");
    Files.writeString(
        file,
        """
        pool_sets:
          stored: { each: { files: { paths: [ %s ], prefix: /pools } }, pool: 'kv_{folder}' }
        """
            .formatted(pools));
    return first(file);
  }

  /** Of the services that have a tag, with further lines of the set. */
  static PoolSetConfig<?, ?> ofTag(Path folder, String tag, String... lines) throws IOException {
    Path file = folder.resolve("weir.yaml");
    Files.writeString(
        file,
        """
        connections: { main: { consul: { address: 'http://127.0.0.1:8500' } } }
        pool_sets:
          services:
            each: { consul: { at: main, tags: [%s] } }
            pool: 'svc_{service}'
            %s
        """
            .formatted(tag, String.join("\n    ", lines)));
    return first(file);
  }

  private static PoolSetConfig<?, ?> first(Path file) {
    return ((Loaded.Accepted) new ConfigLoader(Wiring.KINDS).load(file, Texts.DISK))
        .config()
        .sets()
        .getFirst();
  }
}
