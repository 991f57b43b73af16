package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.Checkpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Somebody who knows the secret changes the members of a running nginx beside Weir. */
final class LiveHand {

  private final LiveFiles files;
  private final LivePort port;

  LiveHand(RealNginx nginx) {
    files = new LiveFiles(nginx.upstreams, Checkpoints.NONE);
    port = new LivePort(nginx.options().confirm().ask(), Duration.ofSeconds(5));
  }

  LiveFiles files() {
    return files;
  }

  LivePort port() {
    return port;
  }

  /** Whether members are changed without a reload here. */
  boolean has() {
    return files.secret().isPresent();
  }

  String secret() {
    return files.secret().orElseThrow();
  }

  /** The list that is in force. */
  MemberList list(String upstream) throws IOException {
    return MemberList.in(port.ask(secret(), List.of(upstream)).body()).values().iterator().next();
  }

  /** Takes the first ready member out. */
  void takeOut(String upstream) throws IOException {
    MemberList list = list(upstream);
    String less =
        list.text()
            .replaceFirst("\n[^\n ]+ \\d+ ready [^\n]*", "")
            .replace(list.version(), "0".repeat(32));
    assertThat(port.put(secret(), less).status()).isEqualTo(200);
  }
}
