package dev.weir.source.docker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.ContainerSpec;
import dev.weir.testkit.real.DockerDaemon;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.SelfSigned;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that asks for certificates. */
@RequiresServer({Server.DOCKERD, Server.BUSYBOX})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealDockerTlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port = FreePorts.one();
  private SelfSigned server;
  private SelfSigned client;
  private @Nullable DockerDaemon docker;

  @BeforeAll
  void start(@TempDir(factory = ShortTempDir.class) Path folder) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "a Docker daemon needs root");
    server = SelfSigned.create(folder, "ip:127.0.0.1");
    client = SelfSigned.create(folder, "dns:weir");
    docker = DockerDaemon.startOnPort(folder, port, server, client);
  }

  @AfterAll
  void stop() {
    if (docker != null) {
      docker.close();
    }
  }

  @Test
  void anEngineIsFollowedOverTls() throws Exception {
    TlsFiles files =
        new TlsFiles(
            Optional.of(server.pem()), Optional.of(client.pem()), Optional.of(client.keyPem()));
    try (WatchedSource watched = watch(files)) {
      watched.awaitMembers(Set.of());
      requireNonNull(docker).run(ContainerSpec.sleeper("web-1").label("app", "web"));
      watched.awaitMembers(Set.of("web-1"));
    }
  }

  @Test
  void whoeverShowsNoCertificateIsTurnedAwayAndSaysSo() throws Exception {
    TlsFiles files = new TlsFiles(Optional.of(server.pem()), Optional.empty(), Optional.empty());
    try (WatchedSource watched = watch(files)) {
      assertThat(watched.awaitUnavailable(0).reason()).containsIgnoringCase("certificate");
    }
  }

  @Test
  void aDaemonThatNobodyVouchesForIsNotBelieved() throws Exception {
    TlsFiles files =
        new TlsFiles(
            Optional.of(client.pem()), Optional.of(client.pem()), Optional.of(client.keyPem()));
    try (WatchedSource watched = watch(files)) {
      assertThat(watched.awaitUnavailable(0).reason()).contains("TLS failed");
    }
  }

  private WatchedSource watch(TlsFiles files) {
    DockerSourceType.Options options =
        new DockerSourceType.Options(
            new Selection(List.of("app=web"), Optional.empty(), Optional.empty()),
            new Addressing.Inside(OptionalInt.of(80), Optional.empty()),
            HttpOrigin.parse("https://127.0.0.1:" + port, port).target(files));
    return WatchedSource.start(
        new DockerSourceType().open(options, FakeEngineWorld.CONTEXT), PATIENCE);
  }
}
