package dev.weir.kv.files;

import dev.weir.source.keyvalue.StoredMembersWorld;
import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FilesPoolsContractTest extends SourceContract {

  @TempDir private Path folder;

  @Override
  protected SourceWorld world() throws IOException {
    return StoredMembersWorld.ofPools(new FilesWorld(Files.createTempDirectory(folder, "world")));
  }
}
