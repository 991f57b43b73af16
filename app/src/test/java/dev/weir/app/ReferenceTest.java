package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.config.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The reference in {@code docs/configuration.md} says what the program takes. To write it anew:
 * {@code mvn -pl app -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dweir.reference=write}.
 */
class ReferenceTest {

  private static final String MARK = "<!-- From here on written by ReferenceTest. -->\n";

  @Test
  void theReferenceIsUpToDate() throws IOException {
    Path file = Path.of(System.getProperty("basedir", "."), "../docs/configuration.md").normalize();
    String text = Files.readString(file);
    String expected =
        text.substring(0, text.indexOf(MARK) + MARK.length()) + "\n" + Reference.of(Wiring.KINDS);
    if ("write".equals(System.getProperty("weir.reference"))) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("docs/configuration.md; the class comment of this test says how to write it anew")
        .isEqualTo(expected);
  }
}
