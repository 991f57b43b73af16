package dev.weir.source.dns;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@RequiresServer(Server.DNSMASQ)
final class RealDnsContractTest extends SourceContract {

  @TempDir private Path folder;

  @Override
  protected SourceWorld world() throws IOException {
    return new DnsWorld(Files.createTempDirectory(folder, "world"));
  }
}
