package dev.weir.app.api;

/**
 * Who sends a request.
 *
 * @param who as the journal names them: the user at the other end of a unix socket
 */
record Caller(String who, Role role) {

  /** What a caller may do. */
  enum Role {
    /** Reads. */
    VIEWER,
    /** Reads and decides. */
    OPERATOR
  }
}
