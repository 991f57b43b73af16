package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the proxies count for the members of one pool, as a table shows it. */
final class Loads {

  private final Map<String, List<JsonObject>> byMember = new HashMap<>();

  Loads(List<JsonObject> servers) {
    for (JsonObject server : servers) {
      server
          .text("member")
          .ifPresent(name -> byMember.computeIfAbsent(name, key -> new ArrayList<>()).add(server));
    }
  }

  /** The rows of a member, one for each proxy that has it. */
  List<JsonObject> of(JsonObject member) {
    return byMember.getOrDefault(member.text("name").orElse(""), List.of());
  }

  /**
   * What each proxy says of a member, to follow a reason: {@code ; edge: UP, L7OK: 200, 3 sessions,
   * 7/s, 1 queued, 2 errors}. Empty where none counts.
   */
  String said(JsonObject member) {
    return of(member).stream().map(Loads::row).collect(Collectors.joining());
  }

  private static String row(JsonObject row) {
    return "; %s: %s%s, %d sessions, %d/s, %d queued, %d errors"
        .formatted(
            row.text("proxy").orElse(""),
            row.text("status").orElse(""),
            row.text("check").map(check -> ", " + check).orElse(""),
            row.number("sessions").orElse(0),
            row.number("rate").orElse(0),
            row.number("queue").orElse(0),
            row.number("errors").orElse(0));
  }
}
