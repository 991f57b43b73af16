package dev.weir.source.aws;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;

/**
 * Over a stand-in for both services, or over any emulator of them: {@code
 * WEIR_TEST_AWS_ENDPOINT=http://127.0.0.1:5000}.
 */
final class EmulatorContractTest extends SourceContract {

  @Override
  protected SourceWorld world() throws IOException {
    return new EmulatorWorld();
  }
}
