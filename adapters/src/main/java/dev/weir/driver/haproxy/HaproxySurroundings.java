package dev.weir.driver.haproxy;

import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import dev.weir.surround.ServerText;
import dev.weir.surround.ServerText.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What surrounds the members of a pool in HAProxy.
 *
 * @param directives lines of the backend section, verbatim
 * @param server parameters of every server line, with placeholders
 * @param defaults the {@code defaults} section of the user's that the backend names; absent for the
 *     last one
 */
public record HaproxySurroundings(
    List<String> directives, ServerText server, Optional<String> defaults) {

  /** Nothing but the members. */
  public static final HaproxySurroundings NONE =
      new HaproxySurroundings(List.of(), ServerText.NONE);

  private static final Pattern SECTION = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

  /** Lines of a section that Weir writes itself. */
  private static final Set<String> OWNED_DIRECTIVES = Set.of("server", "server-template");

  private static final Set<String> OWNED_PARAMETERS =
      Set.of("weight", "backup", "disabled", "enabled", "id");

  private static final Shape.Key<List<String>> DIRECTIVES =
      Shape.Key.defaulted(
          "directives",
          Shape.listOf(Shape.scalar("one line of a backend section", Words::oneLine)),
          List.of(),
          "[]",
          "Lines of the backend section, one per item, written as they are.");
  private static final Shape.Key<ServerText> SERVER =
      Shape.Key.defaulted(
          "server",
          Shape.scalar(
              "parameters of a server line", text -> ServerText.parse(Words.oneLine(text))),
          ServerText.NONE,
          "''",
          "Parameters of every server, such as check inter 2s, also for servers added at run time;"
              + " {name}, {id}, {host}, {port} and {label:KEY} become the member's own.");

  private static final Shape.Key<String> DEFAULTS =
      Shape.Key.optional(
          "defaults",
          Shape.scalar("the name of a defaults section", HaproxySurroundings::section),
          "The defaults section of the other files that the backend names (backend X from NAME);"
              + " without it, HAProxy takes the last one.");

  /** How it is written. */
  public static final Shape<HaproxySurroundings> SHAPE =
      new Shape.Mapping<>(
          "a mapping with directives, server and defaults",
          List.of(DIRECTIVES, SERVER, DEFAULTS),
          values ->
              new HaproxySurroundings(
                  values.get(DIRECTIVES), values.get(SERVER), values.find(DEFAULTS)));

  /** Without a defaults section of their own. */
  public HaproxySurroundings(List<String> directives, ServerText server) {
    this(directives, server, Optional.empty());
  }

  public HaproxySurroundings {
    directives = directives.stream().map(Words::oneLine).toList();
    directives.forEach(HaproxySurroundings::checkDirective);
    Words.oneLine(server.source());
    if (!server.parts().isEmpty() && !(server.parts().getFirst() instanceof Part.Literal)) {
      throw new IllegalArgumentException(
          "server: %s (expected: a word of HAProxy's before the first placeholder)"
              .formatted(Quoted.of(server.source())));
    }
    for (String word : Words.split(server.source())) {
      if (OWNED_PARAMETERS.contains(word)) {
        throw new IllegalArgumentException(
            "server: %s in %s (expected: not that; it comes from the member)"
                .formatted(word, Quoted.of(server.source())));
      }
    }
  }

  private static String section(String text) {
    if (!SECTION.matcher(text).matches()) {
      throw new IllegalArgumentException(Quoted.of(text) + " is no name of a section");
    }
    return text;
  }

  private static void checkDirective(String line) {
    List<String> words = Words.split(line);
    String first = words.isEmpty() ? "" : words.getFirst();
    if (first.isEmpty() || OWNED_DIRECTIVES.contains(first) || Words.beginsSection(first)) {
      throw new IllegalArgumentException(
          "directives: %s (expected: a line of a backend section other than server)"
              .formatted(Quoted.of(line)));
    }
  }
}
