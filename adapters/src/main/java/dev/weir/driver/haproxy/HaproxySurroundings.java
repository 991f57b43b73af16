package dev.weir.driver.haproxy;

import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import dev.weir.surround.ServerText;
import dev.weir.surround.ServerText.Part;
import java.util.List;
import java.util.Set;

/**
 * What surrounds the members of a pool in HAProxy.
 *
 * @param directives lines of the backend section, verbatim
 * @param server parameters of every server line, with placeholders
 */
public record HaproxySurroundings(List<String> directives, ServerText server) {

  /** Nothing but the members. */
  public static final HaproxySurroundings NONE =
      new HaproxySurroundings(List.of(), ServerText.NONE);

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

  /** How it is written. */
  public static final Shape<HaproxySurroundings> SHAPE =
      new Shape.Mapping<>(
          "a mapping with directives and server",
          List.of(DIRECTIVES, SERVER),
          values -> new HaproxySurroundings(values.get(DIRECTIVES), values.get(SERVER)));

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
