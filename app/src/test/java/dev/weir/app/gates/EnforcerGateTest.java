package dev.weir.app.gates;

import org.junit.jupiter.api.Test;

/** Banned libraries, banned versions and unpinned plug-ins stop the build. */
class EnforcerGateTest {
  @Test
  void aBannedLibraryFails() {
    BadProjects.assertFails(
        "gate-banned-library", "enforce", "com.google.guava:guava:pom:0-stand-in <--- banned");
  }

  @Test
  void aBannedVersionOfAnAllowedLibraryFails() {
    BadProjects.assertFails(
        "gate-banned-version", "enforce", "net.jqwik:jqwik-api:pom:1.10.0 <--- banned");
  }

  @Test
  void aPluginWithoutVersionFails() {
    BadProjects.assertFails(
        "gate-plugin-version",
        "enforce",
        "Some plugins are missing valid versions",
        "org.apache.maven.plugins:maven-antrun-plugin");
  }
}
