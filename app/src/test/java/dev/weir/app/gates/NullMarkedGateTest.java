package dev.weir.app.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every package says that its types are not null unless they say so. */
@Execution(ExecutionMode.CONCURRENT)
class NullMarkedGateTest {
  @TempDir Path module;

  @Test
  void everyPackageOfTheProjectIsMarked() throws Exception {
    assertThat(Checkout.modules()).hasSizeGreaterThanOrEqualTo(6);
    for (Path folder : Checkout.modules()) {
      assertThat(NullMarkedPackages.unmarked(folder)).isEmpty();
    }
  }

  @Test
  void aPackageWithoutPackageInfoIsFound() throws Exception {
    write("src/main/java/dev/weir/bare/Bare.java", "package dev.weir.bare; class Bare {}");

    assertThat(NullMarkedPackages.unmarked(module))
        .singleElement()
        .asString()
        .endsWith("dev.weir.bare");
  }

  @Test
  void aPackageInfoWithoutMarkIsFound() throws Exception {
    write(
        "src/main/java/dev/weir/bare/package-info.java", "/** Bare. */\npackage dev.weir.bare;\n");

    assertThat(NullMarkedPackages.unmarked(module))
        .singleElement()
        .asString()
        .endsWith("dev.weir.bare");
  }

  @Test
  void testsShareTheMarkOfTheirPackage() throws Exception {
    write("src/main/java/dev/weir/bare/package-info.java", "@NullMarked\npackage dev.weir.bare;\n");
    write("src/test/java/dev/weir/bare/BareTest.java", "package dev.weir.bare; class BareTest {}");

    assertThat(NullMarkedPackages.unmarked(module)).isEmpty();
  }

  private void write(String file, String text) throws Exception {
    Path path = module.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
