package dev.weir.app.api;

import dev.weir.model.AccessToken.Role;

/**
 * Who sends a request.
 *
 * @param who as the journal names them: the user at the other end of a unix socket, the name of a
 *     token, or the subject of a certificate
 * @param role what the caller may do
 */
record Caller(String who, Role role) {

  /** Whether the caller may do what needs this role. */
  boolean may(Role needed) {
    return role.compareTo(needed) >= 0;
  }
}
