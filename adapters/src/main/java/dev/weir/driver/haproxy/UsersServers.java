package dev.weir.driver.haproxy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The servers of a section that are not Weir's: their user wrote them by hand.
 *
 * @param plain those whose address is plain to see, by name: Weir takes one over when it has a
 *     member of that address
 * @param others the names of all that stay the user's whatever Weir has: they have a host name or a
 *     variable, or stand under a condition
 */
record UsersServers(Map<String, ServerLine> plain, Set<String> others) {

  /** None. */
  static final UsersServers NONE = new UsersServers(Map.of(), Set.of());

  UsersServers {
    plain = Map.copyOf(plain);
    others = Set.copyOf(others);
  }

  /** Whether one of them has this name. */
  boolean have(String name) {
    return plain.containsKey(name) || others.contains(name);
  }

  /** Those that are left when Weir has taken over these. */
  UsersServers without(Set<String> names) {
    if (plain.isEmpty()) {
      return this;
    }
    Map<String, ServerLine> left = new HashMap<>(plain);
    left.keySet().removeAll(names);
    return new UsersServers(left, others);
  }
}
