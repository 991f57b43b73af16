package dev.weir.app.api;

import dev.weir.model.Endpoint;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.FreePorts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** An API that is served for a test, on a unix socket and on loopback. */
final class Served implements AutoCloseable {

  final Endpoint.UnixSocket unix;
  final Endpoint.Ip loopback;
  private final ApiServer server;

  Served(SampleWeir weir, Path folder, Limits limits) throws SetupException {
    this.unix = new Endpoint.UnixSocket(folder.resolve("run/api.sock").toString());
    this.loopback = new Endpoint.Ip(InetAddress.ofLiteral("127.0.0.1"), FreePorts.one());
    this.server =
        ApiServer.open(
            List.of(Offer.plain(unix), Offer.plain(loopback)),
            new Routes(weir, weir, new Meters()),
            limits);
  }

  @Override
  public void close() {
    server.close();
  }
}
