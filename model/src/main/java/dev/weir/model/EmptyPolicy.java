package dev.weir.model;

/** What a pool answers while none of its members is ready. */
public sealed interface EmptyPolicy {

  EmptyPolicy DEFAULT = new Status(503);

  /**
   * The proxy itself answers.
   *
   * @param code an HTTP status, 400 to 599
   */
  record Status(int code) implements EmptyPolicy {
    public Status {
      if (code < 400 || code > 599) {
        throw new IllegalArgumentException("status: %d (expected: 400 to 599)".formatted(code));
      }
    }
  }

  /** This is the only server while the pool is empty. */
  record Fallback(Endpoint endpoint) implements EmptyPolicy {}

  /** The last members that were ready stay. */
  record Keep() implements EmptyPolicy {}
}
