package dev.weir.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedStore;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.SelfSigned;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that wants certificates of its clients, and what its own certificate needs for that. */
@RequiresServer(Server.ETCD)
final class RealEtcdTlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.take(2);

  @Test
  void aClientWithACertificateReads() throws Exception {
    SelfSigned certificate = SelfSigned.create(folder, "ip:127.0.0.1");
    try (Started etcd = etcd(certificate);
        KeyValueStore store = store(both(certificate));
        WatchedStore watched = WatchedStore.start(store, "/app/", PATIENCE)) {
      watched.awaitPairs(Map.of());
      assertThat(etcd.isAlive()).isTrue();
    }
  }

  @Test
  void aServerCertificateThatClientsMayNotShowIsNamedAsTheCause() throws Exception {
    SelfSigned servers = SelfSigned.forServersOnly(folder, "ip:127.0.0.1");
    SelfSigned client = SelfSigned.create(folder, "dns:weir");
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Files.readString(servers.pem()) + Files.readString(client.pem()));
    try (Started etcd = etcd(servers, both);
        KeyValueStore store =
            store(
                new TlsFiles(
                    Optional.of(servers.pem()),
                    Optional.of(client.pem()),
                    Optional.of(client.keyPem())));
        WatchedStore watched = WatchedStore.start(store, "/app/", PATIENCE)) {
      assertThat(watched.awaitFailure(0)).hasMessageContaining("clientAuth");
      assertThat(etcd.isAlive()).isTrue();
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsNotRead() throws Exception {
    SelfSigned certificate = SelfSigned.create(folder, "ip:127.0.0.1");
    SelfSigned other = SelfSigned.create(folder, "ip:127.0.0.1");
    try (Started etcd = etcd(certificate);
        KeyValueStore store = store(both(other));
        WatchedStore watched = WatchedStore.start(store, "/app/", PATIENCE)) {
      assertThat(watched.awaitFailure(0)).hasMessageContaining("TLS failed: ");
      assertThat(etcd.isAlive()).isTrue();
    }
  }

  private Started etcd(SelfSigned certificate) throws Exception {
    return etcd(certificate, certificate.pem());
  }

  private Started etcd(SelfSigned certificate, Path trusted) throws Exception {
    String url = "https://127.0.0.1:" + ports.get(0);
    String peer = "http://127.0.0.1:" + ports.get(1);
    return Started.start(
            "etcd",
            folder,
            List.of(
                Server.ETCD.path().toString(),
                "--name=weir",
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=weir=" + peer,
                "--cert-file=" + certificate.pem(),
                "--key-file=" + certificate.keyPem(),
                "--client-cert-auth",
                "--trusted-ca-file=" + trusted))
        .awaitPort(ports.get(0), PATIENCE);
  }

  private static TlsFiles both(SelfSigned certificate) {
    return new TlsFiles(
        Optional.of(certificate.pem()),
        Optional.of(certificate.pem()),
        Optional.of(certificate.keyPem()));
  }

  private KeyValueStore store(TlsFiles tls) {
    HttpOrigin origin = HttpOrigin.parse("https://127.0.0.1:" + ports.get(0), 1);
    return new EtcdStoreType()
        .open(new EtcdOptions(List.of(origin), tls, Optional.empty()), Time.SYSTEM);
  }
}
