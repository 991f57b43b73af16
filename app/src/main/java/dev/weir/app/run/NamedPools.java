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
import java.util.regex.Pattern;

/**
 * Which pools the files of proxies name that are their owners': such a pool cannot go without
 * breaking them. A name counts wherever it stands, also in a comment, and a file that cannot be
 * read counts as naming every pool.
 */
final class NamedPools {

  private static final String OF_NAMES = "[A-Za-z0-9_.-]";

  private NamedPools() {}

  /** Whether the files of any proxy that carries the pool name it. */
  static boolean names(WeirConfig config, PoolConfig pool) {
    return config.proxies().stream().anyMatch(proxy -> names(proxy, pool));
  }

  private static <O, S> boolean names(ProxyConfig<O, S> proxy, PoolConfig pool) {
    return proxy.pools().stream()
        .filter(carried -> carried.pool().equals(pool.id()))
        .map(Carried::as)
        .anyMatch(name -> {
          Pattern whole =
              Pattern.compile(
                  "(?<!" + OF_NAMES + ")" + Pattern.quote(name) + "(?!" + OF_NAMES + ")");
          return proxy.type().configuration(proxy.options()).stream()
              .anyMatch(file -> names(file, whole));
        });
  }

  /** What is there and cannot be read may name anything: the proxy may be able to read it. */
  private static boolean names(Path file, Pattern whole) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return whole.matcher(text).find();
    } catch (NoSuchFileException absent) {
      return false;
    } catch (IOException unreadable) {
      return true;
    }
  }
}
