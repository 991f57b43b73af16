package dev.weir.source.exec;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class ExecContractTest extends SourceContract {

  @TempDir private Path folder;

  @Override
  protected SourceWorld world() throws IOException {
    return new ExecWorld(Files.createTempDirectory(folder, "world"));
  }
}
