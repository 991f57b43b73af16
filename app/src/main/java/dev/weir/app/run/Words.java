package dev.weir.app.run;

import dev.weir.app.config.Problem;
import dev.weir.app.config.WeirConfig;
import java.util.ArrayList;
import java.util.List;

/** What is said of a configuration as a whole. */
final class Words {

  private Words() {}

  static String summary(List<Problem> problems) {
    return problems.size() == 1
        ? problems.getFirst().toString()
        : "%d problems, the first: %s".formatted(problems.size(), problems.getFirst());
  }

  static String size(WeirConfig config) {
    return "%d pools and %d proxies".formatted(config.pools().size(), config.proxies().size());
  }

  static String needsRestart(WeirConfig started, WeirConfig next) {
    List<String> needed = new ArrayList<>();
    if (!started.state().equals(next.state())) {
      needed.add("state");
    }
    if (!started.api().equals(next.api())) {
      needed.add("api");
    }
    return needed.isEmpty()
        ? ""
        : "; the new %s is used after a restart".formatted(String.join(" and ", needed));
  }
}
