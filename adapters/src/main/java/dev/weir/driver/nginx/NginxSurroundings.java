package dev.weir.driver.nginx;

import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import dev.weir.surround.ServerText;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands around the members of a pool in nginx.
 *
 * @param directives lines of the {@code upstream} section, each with its end
 * @param server parameters that every member's {@code server} line gets
 */
public record NginxSurroundings(List<String> directives, ServerText server) {

  static final NginxSurroundings NONE = new NginxSurroundings(List.of(), ServerText.NONE);

  private static final Shape.Key<List<String>> DIRECTIVES =
      Shape.Key.defaulted(
          "directives",
          Shape.listOf(Shape.scalar("one nginx directive, no server", Surroundings::directive)),
          List.of(),
          "[]",
          "Directives of the upstream section, verbatim, one per item.");

  private static final Shape.Key<ServerText> SERVER =
      Shape.Key.defaulted(
          "server",
          Shape.scalar("nginx server parameters such as max_fails=2", Surroundings::server),
          ServerText.NONE,
          "''",
          "Parameters of every server line, with the placeholders {name}, {id}, {host}, {port} and"
              + " {label:KEY} after a key=; weight, backup and down come from the member.");

  static final Shape<NginxSurroundings> SHAPE =
      new Shape.Mapping<>(
          "directives and server parameters for nginx",
          List.of(DIRECTIVES, SERVER),
          values -> new NginxSurroundings(values.get(DIRECTIVES), values.get(SERVER)));

  private static final Pattern METHOD =
      Pattern.compile("(?s)(least_conn|ip_hash|hash|random|least_time|balancer_by_lua\\w*)\\b.*");
  private static final Pattern WITHOUT_BACKUP = Pattern.compile("(?s)(ip_hash|hash|random)\\b.*");
  private static final Pattern KEEPALIVE = Pattern.compile("(?s)keepalive\\s.*");

  public NginxSurroundings {
    directives = List.copyOf(directives);
    List<String> methods = directives.stream().filter(d -> METHOD.matcher(d).matches()).toList();
    if (methods.size() > 1) {
      throw new IllegalArgumentException(
          "%s after %s: the last one alone would count (expected: one balancing method)"
              .formatted(Quoted.of(methods.getLast()), Quoted.of(methods.getFirst())));
    }
    boolean kept = false;
    for (String directive : directives) {
      if (kept && METHOD.matcher(directive).matches()) {
        throw new IllegalArgumentException(
            "%s after keepalive makes nginx forget the keepalive (expected: before it)"
                .formatted(Quoted.of(directive)));
      }
      kept |= KEEPALIVE.matcher(directive).matches();
    }
  }

  /** Whether nginx refuses {@code backup} under the balancing method that is written here. */
  boolean refusesBackup() {
    return directives.stream().anyMatch(d -> WITHOUT_BACKUP.matcher(d).matches());
  }
}
