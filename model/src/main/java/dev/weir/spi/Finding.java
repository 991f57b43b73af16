package dev.weir.spi;

/**
 * Something {@code weir check} has to say.
 *
 * @param message what it is and, unless it is good news, what to do
 */
public record Finding(Severity severity, String message) {

  /** How bad it is. */
  public enum Severity {
    OK,
    WARNING,
    ERROR
  }

  public static Finding ok(String message) {
    return new Finding(Severity.OK, message);
  }

  public static Finding warning(String message) {
    return new Finding(Severity.WARNING, message);
  }

  public static Finding error(String message) {
    return new Finding(Severity.ERROR, message);
  }
}
