package dev.weir.source.file;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class InPlaceFileContractTest extends SourceContract {

  @TempDir private Path folder;

  @Override
  protected SourceWorld world() throws IOException {
    return new FileWorld(Files.createTempDirectory(folder, "world"), FileWorld.Writing.IN_PLACE);
  }
}
