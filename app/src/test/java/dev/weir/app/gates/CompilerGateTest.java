package dev.weir.app.gates;

import org.junit.jupiter.api.Test;

/** What javac's own lint finds stops the build. */
class CompilerGateTest {
  @Test
  void aProjectWithoutFaultPasses() {
    BadProjects.assertPasses("gate-good");
  }

  @Test
  void aLintWarningFails() {
    BadProjects.assertFails(
        "gate-lint",
        "compile",
        "RawType.java:[10,26] found raw type: java.util.List",
        "RawType.java: warnings found and -Werror specified");
  }

  @Test
  void anotherJdkFails() {
    BadProjects.assertFails("gate-other-jdk", "enforce", "Weir is built with a JDK 25");
  }
}
