package dev.weir.driver.haproxy;

import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.spi.ServerRow.Opinion;
import dev.weir.spi.ServerRow.Opinion.Word;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What HAProxy's own check says of a server: its words in {@code show stat}, and what they mean.
 * Until the first check has ended HAProxy sends traffic to a server, one failure away from being
 * down; that is no conclusion.
 */
final class CheckWords {

  /** Before the code while a check is under way. */
  private static final String UNDER_WAY = "* ";

  private CheckWords() {}

  /** {@code L7STS 503: Service Unavailable}; absent where the server has no check. */
  static Optional<String> shown(Statistics.Row row) {
    return code(row)
        .map(code -> {
          String status = row.values().get("check_code");
          String last = row.values().get("last_chk");
          return code + (status == null ? "" : " " + status) + (last == null ? "" : ": " + last);
        });
  }

  /** What it has concluded; absent where it has not, or is switched off by maintenance. */
  static Optional<Opinion> opinion(Statistics.Row row) throws IOException {
    Optional<Kind> kind = code(row).flatMap(code -> kind(code, row));
    Optional<Word> word = word(row.values().getOrDefault("status", ""));
    if (kind.isEmpty() || word.isEmpty()) {
      return Optional.empty();
    }
    Duration took = Duration.ofMillis(row.number("check_duration"));
    String detail = "HAProxy says " + shown(row).orElseThrow();
    return Optional.of(new Opinion(word.get(), new ProbeResult(kind.get(), detail, took)));
  }

  /** {@code UP 1/3} is still up, {@code DOWN 1/2} still down. */
  private static Optional<Word> word(String status) {
    return switch (status.replaceFirst(" .*", "")) {
      case "UP", "NOLB", "DRAIN" -> Optional.of(Word.UP);
      case "DOWN" -> Optional.of(Word.DOWN);
      default -> Optional.empty(); // MAINT, no check, or a word of a later version
    };
  }

  private static Optional<String> code(Statistics.Row row) {
    return Optional.ofNullable(row.values().get("check_status"))
        .map(code -> code.startsWith(UNDER_WAY) ? code.substring(UNDER_WAY.length()) : code);
  }

  private static Optional<Kind> kind(String code, Statistics.Row row) {
    return switch (code) {
      case "INI", "UNK" -> Optional.empty();
      case "L4OK", "L6OK", "L7OK", "L7OKC", "PROCOK" -> Optional.of(Kind.OK);
      case "L4CON" -> Optional.of(refused(row) ? Kind.REFUSED : Kind.ERROR);
      case "L4TOUT" -> Optional.of(Kind.CONNECT_TIMEOUT);
      case "L6TOUT", "L7TOUT", "PROCTOUT" -> Optional.of(Kind.TIMEOUT);
      case "L6RSP" -> Optional.of(Kind.TLS);
      case "L7RSP" -> Optional.of(Kind.BODY);
      case "L7STS" -> Optional.of(Kind.STATUS);
      default -> Optional.of(Kind.ERROR);
    };
  }

  private static boolean refused(Statistics.Row row) {
    return row.values()
        .getOrDefault("last_chk", "")
        .toLowerCase(Locale.ROOT)
        .contains("connection refused");
  }
}
