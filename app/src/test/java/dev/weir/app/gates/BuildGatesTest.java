package dev.weir.app.gates;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Each gate of the build bites. One class, because all of it looks at one run of Maven, and classes
 * are spread over several JVMs.
 */
class BuildGatesTest {
  /** What javac's own lint finds stops the build. */
  @Nested
  class Compiler {
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

  /** What Error Prone finds stops the build, be it an error or a warning to it. */
  @Nested
  class ErrorProne {
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

  /** A value that may be absent and is used as if it were there stops the build. */
  @Nested
  class NullAway {
    @Test
    void aDereferenceFails() {
      BadProjects.assertFails(
          "gate-nullaway", "compile", "NullDereferenced.java:[11,16] [NullAway] dereferenced");
    }

    @Test
    void anAbsentElementOfAListFails() {
      BadProjects.assertFails(
          "gate-nullaway", "compile", "NullInList.java:[12,12] [NullAway] incompatible types");
    }

    @Test
    void testCodeIsCheckedToo() {
      BadProjects.assertFails(
          "gate-test-code", "testCompile", "NullInTest.java:[9,16] [NullAway] dereferenced");
    }
  }

  /** A file that google-java-format would write otherwise stops the build. */
  @Nested
  class Format {
    @Test
    void anUntidyFileFails() {
      BadProjects.assertFails(
          "gate-format", "check", "src/main/java/dev/weir/gate/Untidy.java", "mvn spotless:apply");
    }
  }

  /** Banned libraries, banned versions and unpinned plug-ins stop the build. */
  @Nested
  class Enforcer {
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
}
