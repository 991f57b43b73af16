package dev.weir.kv.files;

import dev.weir.testkit.contract.KeyValueStoreContract;
import dev.weir.testkit.contract.KeyValueWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FilesStoreContractTest extends KeyValueStoreContract {

  @TempDir private Path folder;

  @Override
  protected KeyValueWorld world() throws IOException {
    return new FilesWorld(Files.createTempDirectory(folder, "world"));
  }
}
