package dev.weir.app.gates;

import org.junit.jupiter.api.Test;

/** What Error Prone finds stops the build, be it an error or a warning to it. */
class ErrorProneGateTest {
  @Test
  void anErrorFails() {
    BadProjects.assertFails(
        "gate-errorprone", "compile", "LostResult.java:[9,14] [ReturnValueIgnored]");
  }

  @Test
  void aWarningFails() {
    BadProjects.assertFails(
        "gate-errorprone-warning",
        "compile",
        "UnusedValue.java:[9,9] [UnusedVariable]",
        "warnings found and -Werror specified");
  }
}
