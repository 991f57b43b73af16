package dev.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins are found in their folders, and whoever has none is told what to do. */
public final class PluginsTest {

  /** What the plug-ins of this test bring. */
  public interface Greeting {
    /** Says something. */
    String text();
  }

  private static final String SERVICE = Greeting.class.getName();

  @TempDir private Path home;
  private Plugins plugins;

  @BeforeEach
  void open() {
    plugins = new Plugins(Optional.of(home));
  }

  @Test
  void aPlugInIsLoadedOnceByALoaderOfItsOwn() throws Exception {
    install("one", "public String text() { return \"one\"; }", "Hello");
    install("two", "public String text() { return \"two\"; }", "Hello");
    Greeting one = plugins.load("one", Greeting.class);
    Greeting two = plugins.load("two", Greeting.class);
    assertThat(one.text()).isEqualTo("one");
    assertThat(two.text()).isEqualTo("two");
    assertThat(one.getClass().getName()).isEqualTo(two.getClass().getName());
    assertThat(one.getClass().getClassLoader().getName()).isEqualTo("plug-in one");
    assertThat(plugins.load("one", Greeting.class)).isSameAs(one);
  }

  @Test
  void aPlugInThatIsNotInstalledIsTakenOnceItIs() throws Exception {
    assertThatThrownBy(() -> plugins.load("late", Greeting.class))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "plug-in late is not installed: no jars in %s (in a checkout: mvn -DskipTests package)",
            home.resolve("late"));
    install("late", "public String text() { return \"here\"; }", "Hello");
    assertThat(plugins.load("late", Greeting.class).text()).isEqualTo("here");
  }

  @Test
  void nobodyHasSaidWherePlugInsAre() {
    assertThatThrownBy(() -> new Plugins(Optional.empty()).load("one", Greeting.class))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("-Dweir.plugins=FOLDER");
  }

  @Test
  void aPlugInThatBringsSomethingElseIsRefused() throws Exception {
    install("other", "public String text() { return \"\"; }", "");
    assertThatThrownBy(() -> plugins.load("other", Greeting.class))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("none of its 1 jars brings a " + SERVICE);
  }

  @Test
  void aPlugInThatDoesNotFitIsRefused() throws Exception {
    install("broken", "public String text() { return \"\"; }", "Missing");
    assertThatThrownBy(() -> plugins.load("broken", Greeting.class))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("plug-in broken cannot be loaded")
        .message()
        .doesNotContain("\n");
  }

  /** Makes a plug-in's jar of a class {@code Hello}; its services name this provider. */
  private void install(String plugin, String body, String provider) throws IOException {
    Path work = Files.createTempDirectory(home, ".work");
    Path source =
        Files.writeString(
            work.resolve("Hello.java"),
            "public class Hello implements %s { %s }".formatted(SERVICE.replace('$', '.'), body));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-proc:none", "-d", work.toString(), "-cp", System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      assertThat(
              compiler
                  .getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                  .call())
          .isTrue();
    }
    Path folder = Files.createDirectories(home.resolve(plugin));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("hello.jar")))) {
      jar.putNextEntry(new JarEntry("Hello.class"));
      jar.write(Files.readAllBytes(work.resolve("Hello.class")));
      jar.putNextEntry(new JarEntry("META-INF/services/" + SERVICE));
      jar.write(provider.getBytes(StandardCharsets.UTF_8));
    }
  }
}
