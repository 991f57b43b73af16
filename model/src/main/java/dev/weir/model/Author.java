package dev.weir.model;

import java.util.Optional;

/**
 * Who has something done.
 *
 * @param name a user or program, as the interface it came through knows it
 * @param requestId of the request it came with; absent where it came otherwise
 */
public record Author(String name, Optional<String> requestId) {

  /** Somebody who did not come through a request. */
  public static Author of(String name) {
    return new Author(name, Optional.empty());
  }
}
