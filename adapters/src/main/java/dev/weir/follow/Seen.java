package dev.weir.follow;

/** What is known of an outside system. */
public sealed interface Seen<T> {

  /** Nothing yet. */
  record Nothing<T>() implements Seen<T> {}

  /** What it said last. */
  record Known<T>(T value) implements Seen<T> {}

  /**
   * It could not be asked.
   *
   * @param reason one line for people
   */
  record Unreachable<T>(String reason) implements Seen<T> {
    public Unreachable {
      reason = reason.replaceAll("\\R", " ");
    }
  }
}
