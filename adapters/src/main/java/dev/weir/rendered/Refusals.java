package dev.weir.rendered;

import dev.weir.model.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a proxy's refusal of a rendered file in the lines of its template. */
public final class Refusals {

  private static final Pattern PLACE = Pattern.compile(".*:([0-9]{1,9})");

  private Refusals() {}

  /**
   * The same refusal with the line of the template behind the proxy's own words. Foreign is what is
   * refused in a line that stands in the template as it is: no member has a part in it.
   *
   * @param file that is rendered; what is refused in another one is left as it is
   * @param rendered what was refused
   */
  public static Outcome.Rejected explained(
      Outcome.Rejected refused, Path file, Rendering rendered) {
    Optional<Integer> line =
        refused.place().filter(place -> place.startsWith(file + ":")).flatMap(Refusals::line);
    if (line.isEmpty() || !(rendered instanceof Rendering.Text text)) {
      return refused;
    }
    String origin = text.origin(line.get()).map(told -> " (" + told + ")").orElse("");
    return new Outcome.Rejected(
        refused.message() + origin, refused.place(), text.isCopied(line.get()));
  }

  private static Optional<Integer> line(String place) {
    Matcher matcher = PLACE.matcher(place);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
