package dev.weir.app.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture rules, held against everything that is built. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {
  private static final class Once {
    static final JavaClasses PROGRAM = imported("classes");
    static final JavaClasses TESTS = imported("test-classes");
    static final JavaClasses TESTKIT = new ClassFileImporter().importPackages("dev.weir.testkit");
  }

  static List<ArchRule> rules() {
    return ArchitectureRules.PROGRAM;
  }

  @ParameterizedTest(quoteTextArguments = false)
  @MethodSource("rules")
  void theProgramKeeps(ArchRule rule) {
    rule.allowEmptyShould(true).check(Once.PROGRAM);
  }

  @Test
  void noTestSleeps() {
    ArchitectureRules.TESTS_DO_NOT_SLEEP.check(Once.TESTS);
    ArchitectureRules.TESTS_DO_NOT_SLEEP.check(Once.TESTKIT);
  }

  @Test
  void theRulesSeeTheProgram() {
    assertThat(Once.PROGRAM.containPackage("dev.weir.model")).isTrue();
    assertThat(Once.PROGRAM.containPackage("dev.weir.engine")).isTrue();
    assertThat(Once.PROGRAM.containPackage("dev.weir.driver")).isTrue();
    assertThat(Once.TESTS.contain(ArchitectureTest.class)).isTrue();
  }

  private static JavaClasses imported(String folder) {
    try {
      List<Path> paths = new ArrayList<>();
      for (Path module : Checkout.modules()) {
        Path classes = module.resolve("target").resolve(folder);
        if (Files.isDirectory(classes)) {
          paths.add(classes);
        }
      }
      return new ClassFileImporter().importPaths(paths);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
