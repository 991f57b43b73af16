package dev.weir.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartedTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir(factory = ShortTempDir.class)
  Path directory;

  @Test
  void aUnixSocketFitsIntoAShortDirectory() {
    assertThat(directory.resolve("haproxy-master.sock").toString()).hasSizeLessThan(60);
  }

  @Test
  void freePortsAreDifferentAndCanBeBound() throws Exception {
    List<Integer> ports = FreePorts.take(5);

    assertThat(ports).doesNotHaveDuplicates().doesNotContain(FreePorts.one());
    for (int port : ports) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.isBound()).isTrue();
      }
    }
  }

  @Test
  void keepsTheLogAndEndsTheProcess() throws Exception {
    Started sleeper = Started.start("sleeper", directory, shell("echo hello; exec sleep 60"));
    sleeper.await("greeting", SOON, () -> sleeper.log().contains("hello"));
    assertThat(sleeper.isAlive()).isTrue();

    sleeper.close();

    assertThat(sleeper.isAlive()).isFalse();
  }

  @Test
  void endsWhatTheProcessHasStartedToo() throws Exception {
    Started parent = Started.start("parent", directory, shell("sleep 60 & echo $!; wait"));
    parent.await("child", SOON, () -> parent.log().endsWith("\n"));
    long child = Long.parseLong(parent.log().strip());

    parent.close();

    assertThat(ProcessHandle.of(child).filter(Started::runs)).isEmpty();
  }

  @Test
  void aKilledProcessTakesItsChildrenAlong() throws Exception {
    Started parent = Started.start("parent", directory, shell("sleep 60 & echo $!; wait"));
    parent.await("child", SOON, () -> parent.log().endsWith("\n"));
    long child = Long.parseLong(parent.log().strip());

    parent.kill();

    assertThat(parent.isAlive()).isFalse();
    assertThat(ProcessHandle.of(child).filter(Started::runs)).isEmpty();
  }

  @Test
  void aProcessThatEndsTooEarlyIsShownWithItsLog() throws Exception {
    try (Started broken =
        Started.start("broken", directory, shell("echo no such option; exit 3"))) {
      assertThatThrownBy(() -> broken.awaitPort(FreePorts.one(), SOON))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("broken ended with 3")
          .hasMessageContaining("no such option");
    }
  }

  @Test
  void waitsForAPortAndForASocket() throws Exception {
    Path path = directory.resolve("s.sock");
    try (Started sleeper = Started.start("sleeper", directory, shell("exec sleep 60"));
        ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(path));

      assertThat(sleeper.awaitPort(port.getLocalPort(), SOON)).isSameAs(sleeper);
      assertThat(sleeper.awaitSocket(path, SOON)).isSameAs(sleeper);
    }
  }

  @Test
  void doesNotWaitWithoutEnd() throws Exception {
    try (Started sleeper = Started.start("sleeper", directory, shell("exec sleep 60"))) {
      assertThatThrownBy(() -> sleeper.awaitPort(FreePorts.one(), Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("within PT0.05S");
    }
  }

  private static List<String> shell(String script) {
    return List.of("/bin/sh", "-c", script);
  }
}
