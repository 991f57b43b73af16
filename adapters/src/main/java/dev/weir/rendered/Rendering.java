package dev.weir.rendered;

import dev.weir.model.Fingerprint;
import dev.weir.template.Trail;
import java.util.Optional;

/** What a template makes of a desired state. */
public sealed interface Rendering {

  /** What stands in a text in the place of its own fingerprint, as long as one. */
  String HOLE = Fingerprint.of("here stands the fingerprint of this text").hex();

  /**
   * A whole file.
   *
   * @param raw its text with {@link #HOLE} for its fingerprint, ended by a line end
   * @param trail of the text
   */
  record Text(String raw, Trail trail) implements Rendering {

    /** Of the text: equal exactly where the text is, whatever the template or the data are. */
    public Fingerprint fingerprint() {
      return Fingerprint.of(raw);
    }

    /** The file that tells this fingerprint. */
    public String with(Fingerprint told) {
      return raw.replace(HOLE, told.hex());
    }

    /**
     * Where a line comes from, for people.
     *
     * @return empty where there is no such line
     */
    public Optional<String> origin(int line) {
      return trail
          .line(line)
          .map(found ->
              "%s:%d writes that line: %s"
                  .formatted(found.template(), found.templateLine(), found.text().strip()));
    }

    /** Whether a line stands so in the template, so that no data have a part in it. */
    public boolean isCopied(int line) {
      return trail.line(line).filter(found -> !found.printed()).isPresent();
    }
  }

  /**
   * There is none.
   *
   * @param message for people: name, line and column, the line, a caret below the place
   */
  record Failed(String message) implements Rendering {}
}
