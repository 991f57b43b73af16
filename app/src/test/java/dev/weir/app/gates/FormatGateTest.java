package dev.weir.app.gates;

import org.junit.jupiter.api.Test;

/** A file that google-java-format would write otherwise stops the build. */
class FormatGateTest {
  @Test
  void anUntidyFileFails() {
    BadProjects.assertFails(
        "gate-format", "check", "src/main/java/dev/weir/gate/Untidy.java", "mvn spotless:apply");
  }
}
