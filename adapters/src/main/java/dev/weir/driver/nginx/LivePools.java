package dev.weir.driver.nginx;

import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.spi.ProxyDriverType.Carried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pools change without a reload, and why others do not. Found out when a driver is opened.
 *
 * @param balanced by Weir's balancer, how
 * @param reasons why some are not, for people
 */
record LivePools(Map<PoolId, Balancing> balanced, List<String> reasons) {

  private static final Duration MOST = Duration.ofSeconds(5);
  private static final String MODULE = "ngx_http_lua_module";

  LivePools {
    balanced = Map.copyOf(balanced);
    reasons = List.copyOf(reasons);
  }

  static final LivePools NONE = new LivePools(Map.of(), List.of());

  static LivePools find(
      NginxOptions options, ConfigTree tree, List<Carried<NginxSurroundings>> pools) {
    if (options.update() == NginxOptions.Update.RELOAD) {
      return NONE;
    }
    if (options.container().isPresent()) {
      return none("nginx runs in a container");
    }
    if (!options.edit().isEmpty()) {
      return none("members stand in files of the user's");
    }
    boolean loaded = tree.arguments("load_module").stream().anyMatch(m -> m.contains(MODULE));
    if (!loaded && !builtIn(options)) {
      return none(
          "nginx has no Lua module (expected: Debian's libnginx-mod-http-lua, or a load_module of"
              + " %s.so in %s)".formatted(MODULE, options.config()));
    }
    Optional<Path> closed = closed(options.upstreams());
    if (closed.isPresent() && !tree.arguments("user").contains("root")) {
      return none("nginx's workers cannot enter %s (expected: mode 0755)".formatted(closed.get()));
    }
    Map<PoolId, Balancing> balanced = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>();
    boolean logs = tree.mentions("log_by_lua_block") || tree.mentions("log_by_lua_file");
    for (Carried<NginxSurroundings> pool : pools) {
      if (pool.kind() != PoolKind.HTTP) {
        reasons.add(
            "pool %s: nginx's stream has no Lua for kind %s"
                .formatted(pool.pool(), pool.kind().word()));
        continue;
      }
      switch (Balancing.of(pool.surroundings())) {
        case Balancing.Choice.Impossible(String reason) ->
            reasons.add("pool %s: %s".formatted(pool.pool(), reason));
        case Balancing.Choice.Possible(Balancing how) -> {
          if (how.countsConnections() && logs) {
            reasons.add(
                "pool %s: least_conn needs log_by_lua, which the configuration has for itself"
                    .formatted(pool.pool()));
          } else {
            balanced.put(pool.pool(), how);
          }
        }
      }
    }
    return new LivePools(balanced, reasons);
  }

  private static LivePools none(String reason) {
    return new LivePools(Map.of(), List.of(reason));
  }

  /** The folder above a file that keeps strangers out. */
  private static Optional<Path> closed(Path file) {
    for (Path at = file.getParent(); at != null; at = at.getParent()) {
      try {
        if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return Optional.of(at);
        }
      } catch (IOException notThereYet) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether the module is part of the program. */
  private static boolean builtIn(NginxOptions options) {
    try {
      return Programs.run(List.of(options.binary(), "-V"), MOST) instanceof Exited exited
          && exited.output().text().matches("(?s).*--add-module=\\S*lua-nginx-module.*");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
