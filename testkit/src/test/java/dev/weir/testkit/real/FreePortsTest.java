package dev.weir.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  /** Another process that asks for ports. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) {
      System.out.print(FreePorts.one());
    }
  }

  @Test
  void another_process_gets_others() throws IOException, InterruptedException {
    List<Integer> own = FreePorts.take(500);
    assertThat(own).doesNotContain(other());
    assertThat(FreePorts.take(400)).doesNotContain(other());
  }

  @Test
  void none_comes_twice_in_a_row() {
    assertThat(FreePorts.take(200))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(FreePorts.take(200));
  }

  private static int other() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String port = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return Integer.parseInt(port);
  }
}
