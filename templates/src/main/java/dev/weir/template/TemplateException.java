package dev.weir.template;

/**
 * A template cannot be parsed, or a run of it cannot go on. The message is what the language says,
 * whole and with the place in its own way; {@link #describe} is for people at a terminal.
 */
public final class TemplateException extends Exception {
  /** What went wrong. */
  public enum Kind {
    /** The text is not a template of the language. */
    SYNTAX,
    /** The template does not fit the data, or a function failed. */
    EXECUTION,
    /** The run used up what it may use. */
    LIMIT
  }

  private static final long serialVersionUID = 1;
  private static final int EXCERPT = 160;

  private final Kind kind;
  private final String template;
  private final int line;
  private final int column;
  private final String excerpt;

  /**
   * An error of a place.
   *
   * @param kind what went wrong
   * @param source the template
   * @param place where in it
   * @param message what the language says, whole
   */
  public TemplateException(Kind kind, Source source, Place place, String message) {
    super(message);
    this.kind = kind;
    this.template = source.name();
    this.line = place.line();
    this.column = place.column();
    this.excerpt = source.line(place.line());
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The name of the template. */
  public String template() {
    return template;
  }

  /** Where in it. */
  public Place place() {
    return new Place(line, column);
  }

  /**
   * Three lines: name, line, column and message; the line of the template; a caret below the
   * column. Of a long line, the part around the column.
   */
  public String describe() {
    int[] points = excerpt.codePoints().toArray();
    int at = Math.min(column - 1, points.length);
    int from = at < EXCERPT ? 0 : at - EXCERPT / 2;
    int to = Math.min(points.length, from + EXCERPT);
    String shown = new String(points, from, to - from);
    StringBuilder below = new StringBuilder();
    for (int index = from; index < at; index++) {
      below.append(points[index] == '\t' ? '\t' : ' ');
    }
    return template + ":" + place() + ": " + getMessage() + "\n" + shown + "\n" + below + "^";
  }
}
