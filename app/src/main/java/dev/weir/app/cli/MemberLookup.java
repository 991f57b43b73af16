package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the one member that a name, an address or the beginning of one means. */
final class MemberLookup {

  private static final int SHOWN = 10;

  private final ApiClient client;
  private final String pool;

  MemberLookup(ApiClient client, String pool) {
    this.client = client;
    this.pool = pool;
  }

  /**
   * The member.
   *
   * @throws CommandFailed naming the candidates where there are several, or that there is none
   */
  JsonObject find(String text) throws CommandFailed {
    return find(text, "");
  }

  /**
   * The member.
   *
   * @param otherwise what else could be done where there is none; empty where there is nothing
   * @throws CommandFailed naming the candidates where there are several, or that there is none
   */
  JsonObject find(String text, String otherwise) throws CommandFailed {
    List<JsonObject> found =
        client.list(
            "/v1/pools/%s/members?match=%s"
                .formatted(ApiClient.encoded(pool), ApiClient.encoded(text)));
    if (found.isEmpty()) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "pool %s has no member %s".formatted(pool, Terminal.safe(text)),
          Optional.of("weir members %s lists them%s".formatted(pool, otherwise)));
    }
    if (found.size() > 1) {
      String candidates =
          found.stream()
              .limit(SHOWN)
              .map(Refusals::candidate)
              .collect(Collectors.joining(", ", "", found.size() > SHOWN ? ", ..." : ""));
      throw new CommandFailed(
          ExitCode.USAGE,
          "%s could be any of %d: %s".formatted(Terminal.safe(text), found.size(), candidates),
          Optional.of("write more of the name, or the whole address"));
    }
    return found.getFirst();
  }

  /** The part of the path that names a member. */
  static String path(String pool, JsonObject member) {
    return "/v1/pools/%s/members/%s"
        .formatted(ApiClient.encoded(pool), ApiClient.encoded(member.text("name").orElse("")));
  }
}
