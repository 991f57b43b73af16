package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.model.Endpoint;
import dev.weir.model.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several processes of one proxy say, as one: a server that all have in the same way is that
 * server, any other has an address that no server has, so that it is seen to differ from whatever
 * is wanted.
 */
final class Agreement {

  /** The address of a server that is not the same everywhere. */
  static final Endpoint DIFFERS = new Endpoint.UnixSocket("/not-the-same-on-all-sockets");

  /** The address of a server that is not there everywhere. */
  static final Endpoint PARTLY = new Endpoint.UnixSocket("/not-there-on-all-sockets");

  private Agreement() {}

  /** The servers of one backend, from what each process has. */
  static List<Row> of(List<List<Row>> each) {
    if (each.size() == 1) {
      return each.getFirst();
    }
    Map<String, List<Row>> byName = new LinkedHashMap<>();
    each.forEach(rows ->
        rows.forEach(
            row -> byName.computeIfAbsent(row.name(), name -> new ArrayList<>()).add(row)));
    return byName.values().stream().map(rows -> one(rows, each.size())).toList();
  }

  private static Row one(List<Row> rows, int processes) {
    boolean same = rows.stream().allMatch(rows.getFirst()::isLike);
    if (same && rows.size() == processes) {
      return rows.getFirst();
    }
    Row busiest = rows.stream().min(Comparator.comparing(Row::state)).orElseThrow();
    return new Row(
        busiest.backend(),
        busiest.name(),
        Optional.of(rows.size() == processes ? DIFFERS : PARTLY),
        busiest.state(),
        busiest.weight(),
        busiest.unchanged());
  }

  /**
   * The answer that counts: a refusal, if there is one. That a server is there already, or is gone
   * already, is none where another process had yet to be told.
   */
  static String of(Step step, Collection<String> answers) {
    List<String> news = answers.stream().filter(answer -> !isDone(step, answer)).toList();
    return news.stream()
        .max(Comparator.comparing(answer -> Answer.judge(step, answer)))
        .orElseGet(() -> answers.iterator().next());
  }

  private static boolean isDone(Step step, String answer) {
    String command = step.command();
    boolean leaves = command.startsWith("del server ") || command.endsWith(" state maint");
    return command.startsWith("add server ")
        ? answer.startsWith("Already exists a server")
        : leaves && answer.equals("No such server.");
  }
}
