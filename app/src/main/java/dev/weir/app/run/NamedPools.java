package dev.weir.app.run;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.ProxyConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.spi.ProxyDriverType.Carried;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pools the files of proxies name that are their owners': such a pool cannot go without
 * breaking them. A name counts wherever it stands, also in a comment, and a file that cannot be
 * read counts as naming every pool.
 */
final class NamedPools {

  private static final String OF_NAMES = "[A-Za-z0-9_.-]";

  private NamedPools() {}

  /** Those of these pools that the files of any proxy that carries them name. */
  static Set<PoolConfig> named(WeirConfig config, List<PoolConfig> pools) {
    Set<PoolConfig> named = new HashSet<>();
    config.proxies().forEach(proxy -> named.addAll(named(proxy, pools)));
    return named;
  }

  /** Every file is read once, however many pools are looked for. */
  private static <O, S> Set<PoolConfig> named(ProxyConfig<O, S> proxy, List<PoolConfig> pools) {
    Map<PoolConfig, List<Pattern>> open = new LinkedHashMap<>();
    for (PoolConfig pool : pools) {
      List<Pattern> names =
          proxy.pools().stream()
              .filter(carried -> carried.pool().equals(pool.id()))
              .map(Carried::as)
              .map(NamedPools::whole)
              .toList();
      if (!names.isEmpty()) {
        open.put(pool, names);
      }
    }
    Set<PoolConfig> named = new HashSet<>();
    if (!open.isEmpty()) {
      for (Path file : proxy.type().configuration(proxy.options())) {
        named.addAll(named(file, open));
        open.keySet().removeAll(named);
      }
    }
    return named;
  }

  private static Pattern whole(String name) {
    return Pattern.compile("(?<!" + OF_NAMES + ")" + Pattern.quote(name) + "(?!" + OF_NAMES + ")");
  }

  /** What is there and cannot be read may name anything: the proxy may be able to read it. */
  private static Set<PoolConfig> named(Path file, Map<PoolConfig, List<Pattern>> open) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return open.entrySet().stream()
          .filter(pool -> pool.getValue().stream().anyMatch(name -> name.matcher(text).find()))
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    } catch (NoSuchFileException absent) {
      return Set.of();
    } catch (IOException unreadable) {
      return Set.copyOf(open.keySet());
    }
  }
}
