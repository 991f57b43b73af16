package dev.weir.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.real.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's files of TLS say, and what is said of those that cannot be used. */
class ServerTlsTest {

  @TempDir private Path folder;

  private ServerTlsFiles files(Path cert, Path key) {
    return new ServerTlsFiles(cert, key, Optional.empty());
  }

  @Test
  void a_key_that_is_cut_at_any_byte_is_told_with_its_file() throws Exception {
    SelfSigned whole = SelfSigned.create(folder, "dns:weir.test");
    String text = Files.readString(whole.keyPem());
    int end = text.indexOf("-----END") + "-----END".length();
    Path cut = folder.resolve("cut.key");
    for (int length = 0; length < end; length++) {
      Files.writeString(cut, text.substring(0, length));
      assertThatThrownBy(() -> ServerTls.open(files(whole.pem(), cut)))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.key");
    }
  }

  @Test
  void a_key_whose_text_is_damaged_is_told_with_its_file() throws Exception {
    SelfSigned whole = SelfSigned.create(folder, "dns:weir.test");
    Path damaged = folder.resolve("damaged.key");
    Files.writeString(damaged, "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> ServerTls.open(files(whole.pem(), damaged)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged.key");
  }

  @Test
  void names_are_those_of_the_certificate() throws Exception {
    SelfSigned own = SelfSigned.create(folder, "dns:weir.test", "dns:*.lb.test", "ip:10.0.0.5");
    ServerTls tls = ServerTls.open(files(own.pem(), own.keyPem()));
    assertThat(tls.isFor("WEIR.test")).isTrue();
    assertThat(tls.isFor("a.lb.test")).isTrue();
    assertThat(tls.isFor("10.0.0.5")).isTrue();
    assertThat(tls.isFor("lb.test")).isFalse();
    assertThat(tls.isFor("a.b.lb.test")).isFalse();
    assertThat(tls.isFor("evil.example")).isFalse();
  }
}
