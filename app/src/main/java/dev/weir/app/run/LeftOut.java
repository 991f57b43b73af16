package dev.weir.app.run;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.model.PoolId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which found pools are left out because there is one of their name already, each once while
 * that is so. Used by one thread.
 */
final class LeftOut {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

  private Set<String> told = Set.of();

  /**
   * @param written as configured, without the pools of sets
   * @param found by the names of the sets
   */
  void tell(WeirConfig written, Map<String, List<PoolConfig>> found) {
    Set<String> now = sayings(written, found);
    now.stream().filter(text -> !told.contains(text)).forEach(LOG::warn);
    told = now;
  }

  private static Set<String> sayings(WeirConfig written, Map<String, List<PoolConfig>> found) {
    Map<PoolId, String> owners = new HashMap<>();
    written.pools().forEach(pool -> owners.put(pool.id(), "it is written under pools"));
    Set<String> sayings = new HashSet<>();
    written
        .sets()
        .forEach(set ->
            found
                .getOrDefault(set.name(), List.of())
                .forEach(pool -> {
                  String owner =
                      owners.putIfAbsent(pool.id(), "pool set %s has it".formatted(set.name()));
                  if (owner != null) {
                    sayings.add(
                        "pool set %s: pool %s is left out, %s"
                            .formatted(set.name(), pool.id(), owner));
                  }
                }));
    return sayings;
  }
}
