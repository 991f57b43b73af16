package dev.weir.kv.zookeeper.client;

import java.io.IOException;

/** The connection was lost before the answer came; the session may still find another. */
final class LostException extends IOException {

  private static final long serialVersionUID = 1L;

  LostException(String message) {
    super(message);
  }
}
