package dev.weir.driver.nginx;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code nginx -t} says. */
sealed interface Verdict {

  record Passed() implements Verdict {}

  /**
   * @param message nginx's own, one line
   * @param place where it names one
   */
  record Refused(String message, Optional<Place> place) implements Verdict {

    /** The same with the name that a file has here. */
    Refused at(UnaryOperator<Path> here) {
      return new Refused(
          message, place.map(found -> new Place(here.apply(found.file()), found.line())));
    }
  }

  /**
   * It could not be asked.
   *
   * @param reason for people
   */
  record NotAsked(String reason) implements Verdict {}

  /** A line in a file. */
  record Place(Path file, int line) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  Pattern EMERGENCY = Pattern.compile("\\[(?:emerg|alert|crit)](?: \\d+#\\d+:)? (.*)");
  Pattern PLACE = Pattern.compile(".* in (/\\S.*):(\\d+)$");

  /** Finds the reason in what nginx printed. */
  static Refused refusal(String output) {
    Matcher emergency = EMERGENCY.matcher(output);
    String message =
        emergency.find() ? emergency.group(1).strip() : output.lines().findFirst().orElse("");
    Matcher place = PLACE.matcher(message);
    return new Refused(
        message.isEmpty() ? "nginx refuses without a reason" : message,
        place.matches()
            ? Optional.of(new Place(Path.of(place.group(1)), Integer.parseInt(place.group(2))))
            : Optional.empty());
  }
}
