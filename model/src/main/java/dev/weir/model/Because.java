package dev.weir.model;

/**
 * Why a member is in the state it is in.
 *
 * @param detail for people, one line: what the probe said, who overrode it and why
 */
public record Because(Cause cause, String detail) {

  /** The rule that decided. */
  public enum Cause {
    /** Its check passes. */
    CHECK_PASSED,
    /** It has no check: discovery decides. */
    DISCOVERED,
    /** The proxy served it when Weir came, and nothing is known against it yet. */
    ADOPTED,
    /** Its check fails, but floor or guard keep it. */
    KEPT,
    /** Its source does not name it any more, but the guard holds it. */
    HELD,
    /** Its source does not name it any more; it serves until those that came have answered. */
    OUTGOING,
    /** The pool would be empty, and its policy keeps the last members. */
    LAST_MEMBERS,
    /** Its source says that it is draining. */
    SOURCE_DRAINING,
    /** It left and still answers; drained until the grace is over. */
    DEPARTED,
    /** Its check fails. */
    CHECK_FAILED,
    /** It waits for its first conclusion. */
    FIRST_CHECK,
    /** Its host name has never been resolved. */
    UNRESOLVED,
    /** An operator wants it in traffic whatever its check says. */
    OPERATOR_PIN,
    OPERATOR_DRAIN,
    OPERATOR_DISABLE,
    OPERATOR_REMOVE
  }
}
