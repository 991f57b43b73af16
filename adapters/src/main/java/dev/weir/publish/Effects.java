package dev.weir.publish;

import dev.weir.spi.Checkpoints;
import dev.weir.spi.Checkpoints.InjectedFailure;
import java.io.IOException;

/**
 * Announces effects on files; a failure that a test injects becomes the I/O error it stands for.
 */
record Effects(Checkpoints checkpoints) {

  void before(String step) throws IOException {
    try {
      checkpoints.before(step);
    } catch (InjectedFailure injected) {
      throw new IOException(injected.getMessage(), injected);
    }
  }
}
