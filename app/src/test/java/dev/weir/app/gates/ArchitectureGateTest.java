package dev.weir.app.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every architecture rule bites: a few lines that break it are compiled and found. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureGateTest {
  @TempDir Path classes;

  /** A rule, and sources by class name of which the first breaks it. */
  record Bad(String title, ArchRule rule, List<Source> sources) {
    @Override
    public String toString() {
      return title;
    }
  }

  /** A class by its full name and the body of its declaration. */
  record Source(String name, String declaration) {
    String text() {
      return "package "
          + name.substring(0, name.lastIndexOf('.'))
          + "; public "
          + declaration.replace("@", name.substring(name.lastIndexOf('.') + 1));
    }
  }

  static List<Bad> bad() {
    return List.of(
        bad(
            "a library in the model",
            ArchitectureRules.MODEL_NEEDS_THE_JDK_ONLY,
            new Source("dev.weir.model.A", "class @ { org.slf4j.Marker m; }")),
        bad(
            "the domain in the templates",
            ArchitectureRules.TEMPLATES_NEED_THE_JDK_ONLY,
            new Source("dev.weir.template.A", "class @ { dev.weir.model.B b; }"),
            new Source("dev.weir.model.B", "interface @ {}")),
        bad(
            "a file in the templates",
            ArchitectureRules.TEMPLATES_DO_NO_IO,
            new Source(
                "dev.weir.template.go.A",
                "class @ { boolean a(java.nio.file.Path p) { return java.nio.file.Files.exists(p); } }")),
        bad(
            "reflection in the templates",
            ArchitectureRules.TEMPLATES_DO_NOT_REFLECT,
            new Source(
                "dev.weir.template.go.A",
                "class @ { Object a(Object o) throws Exception { return o.getClass().getMethod(\"x\").invoke(o); } }")),
        bad(
            "one template language knows the other",
            ArchitectureRules.TEMPLATE_LANGUAGES_DO_NOT_KNOW_EACH_OTHER,
            new Source("dev.weir.template.go.A", "class @ { dev.weir.template.jinja.B b; }"),
            new Source("dev.weir.template.jinja.B", "class @ { }")),
        bad(
            "the model knows a plug-in",
            ArchitectureRules.MODEL_KNOWS_NO_PLUG_IN,
            new Source("dev.weir.model.A", "class @ { dev.weir.spi.B b; }"),
            new Source("dev.weir.spi.B", "interface @ {}")),
        bad(
            "a file in the model",
            ArchitectureRules.MODEL_DOES_NO_IO,
            new Source(
                "dev.weir.model.A",
                "class @ { boolean a(java.nio.file.Path p) { return java.nio.file.Files.exists(p); } }")),
        bad(
            "a socket in the plug-in interfaces",
            ArchitectureRules.MODEL_DOES_NO_IO,
            new Source("dev.weir.spi.A", "interface @ { void a(java.net.Socket s); }")),
        bad(
            "a channel in the model",
            ArchitectureRules.MODEL_DOES_NO_IO,
            new Source("dev.weir.model.A", "record @(java.nio.channels.SocketChannel c) {}")),
        bad(
            "Instant.now in the model",
            ArchitectureRules.MODEL_READS_NO_CLOCK,
            new Source(
                "dev.weir.model.A", "class @ { Object a() { return java.time.Instant.now(); } }")),
        bad(
            "nanoTime in the model",
            ArchitectureRules.MODEL_READS_NO_CLOCK,
            new Source("dev.weir.model.A", "class @ { long a() { return System.nanoTime(); } }")),
        bad(
            "currentTimeMillis in the model",
            ArchitectureRules.MODEL_READS_NO_CLOCK,
            new Source(
                "dev.weir.model.A", "class @ { long a() { return System.currentTimeMillis(); } }")),
        bad(
            "a logger in the model",
            ArchitectureRules.MODEL_LOGS_NOTHING,
            new Source("dev.weir.model.A", "class @ { System.Logger log; }")),
        bad(
            "a thread in the model",
            ArchitectureRules.MODEL_HAS_NO_THREAD,
            new Source(
                "dev.weir.model.A", "class @ { Object a() { return Thread.ofVirtual(); } }")),
        bad(
            "an executor in the model",
            ArchitectureRules.MODEL_HAS_NO_THREAD,
            new Source("dev.weir.model.A", "class @ { java.util.concurrent.Executor e; }")),
        bad(
            "an array in a record",
            ArchitectureRules.RECORDS_HAVE_NO_ARRAYS,
            new Source("dev.weir.source.file.A", "record @(String name, byte[] content) {}")),
        bad(
            "a thread in the resolver",
            ArchitectureRules.PURE_ENGINE_IS_PURE,
            new Source("dev.weir.engine.resolve.A", "class @ { Thread t; }")),
        bad(
            "time in the catalog",
            ArchitectureRules.PURE_ENGINE_IS_PURE,
            new Source("dev.weir.engine.catalog.A", "class @ { dev.weir.spi.Time t; }"),
            new Source("dev.weir.spi.Time", "interface @ {}")),
        bad(
            "a lock in the health tracker",
            ArchitectureRules.PURE_ENGINE_IS_PURE,
            new Source(
                "dev.weir.engine.health.HealthTracker",
                "class @ { java.util.concurrent.locks.Lock l; }")),
        bad(
            "keeper knows reconcile",
            ArchitectureRules.KEEPER_DOES_NOT_KNOW_RECONCILE,
            new Source("dev.weir.engine.keeper.A", "class @ { dev.weir.engine.reconcile.B b; }"),
            new Source("dev.weir.engine.reconcile.B", "class @ {}")),
        bad(
            "reconcile knows keeper",
            ArchitectureRules.RECONCILE_DOES_NOT_KNOW_KEEPER,
            new Source("dev.weir.engine.reconcile.A", "class @ { dev.weir.engine.keeper.B b; }"),
            new Source("dev.weir.engine.keeper.B", "class @ {}")),
        bad(
            "run knows the model",
            ArchitectureRules.RUN_KNOWS_NOTHING_OF_THE_DOMAIN,
            new Source("dev.weir.engine.run.A", "class @ { dev.weir.model.B b; }"),
            new Source("dev.weir.model.B", "record @() {}")),
        bad(
            "Instant.now in the engine",
            ArchitectureRules.ENGINE_READS_NO_CLOCK,
            new Source(
                "dev.weir.engine.keeper.A",
                "class @ { java.util.function.Supplier<?> s = java.time.Instant::now; }")),
        bad(
            "the machine's clock in the engine",
            ArchitectureRules.ENGINE_IS_HANDED_ITS_TIME,
            new Source(
                "dev.weir.engine.run.A",
                "class @ { Object a() { return dev.weir.spi.Time.SYSTEM; } }"),
            new Source("dev.weir.spi.Time", "interface @ { Object SYSTEM = new Object(); }")),
        bad(
            "Thread.sleep in the engine",
            ArchitectureRules.ENGINE_DOES_NOT_SLEEP,
            new Source(
                "dev.weir.engine.run.A",
                "class @ { void a() throws Exception { Thread.sleep(1); } }")),
        bad(
            "one source knows another",
            ArchitectureRules.ADAPTERS_DO_NOT_KNOW_EACH_OTHER,
            new Source("dev.weir.source.docker.A", "class @ { dev.weir.source.file.B b; }"),
            new Source("dev.weir.source.file.B", "class @ {}")),
        bad(
            "one driver knows another",
            ArchitectureRules.ADAPTERS_DO_NOT_KNOW_EACH_OTHER,
            new Source(
                "dev.weir.driver.nginx.A",
                "class @ { Object o = new dev.weir.driver.haproxy.deep.B(); }"),
            new Source("dev.weir.driver.haproxy.deep.B", "class @ {}")),
        bad(
            "publishing knows a driver",
            ArchitectureRules.SHARED_PACKAGES_KNOW_NO_ADAPTER,
            new Source("dev.weir.publish.A", "class @ { dev.weir.driver.nginx.B b; }"),
            new Source("dev.weir.driver.nginx.B", "class @ {}")),
        bad(
            "the API touches a driver",
            ArchitectureRules.FRONT_ENDS_DO_NOT_TOUCH_DRIVERS,
            new Source("dev.weir.app.api.A", "class @ { dev.weir.driver.nginx.B b; }"),
            new Source("dev.weir.driver.nginx.B", "class @ {}")),
        bad(
            "the command line calls the driver's interface",
            ArchitectureRules.FRONT_ENDS_DO_NOT_TOUCH_DRIVERS,
            new Source("dev.weir.app.cli.A", "class @ { dev.weir.spi.ProxyDriver d; }"),
            new Source("dev.weir.spi.ProxyDriver", "interface @ {}")),
        bad(
            "a test sleeps",
            ArchitectureRules.TESTS_DO_NOT_SLEEP,
            new Source(
                "dev.weir.store.sqlite.ATest",
                "class @ { void a() throws Exception { Thread.sleep(java.time.Duration.ZERO); } }")),
        bad(
            "a test sleeps by a unit",
            ArchitectureRules.TESTS_DO_NOT_SLEEP,
            new Source(
                "dev.weir.ATest",
                "class @ { void a() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(0); } }")));
  }

  private static Bad bad(String title, ArchRule rule, Source... sources) {
    return new Bad(title, rule, List.of(sources));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void isFound(Bad bad) {
    EvaluationResult result = bad.rule().evaluate(compiled(bad.sources()));

    assertThat(result.hasViolation()).as(bad.rule().getDescription()).isTrue();
    assertThat(result.getFailureReport().getDetails())
        .allSatisfy(detail -> assertThat(detail).contains(bad.sources().getFirst().name()));
  }

  @Test
  void everyRuleHasABadExample() {
    assertThat(bad().stream().map(Bad::rule))
        .containsAll(ArchitectureRules.PROGRAM)
        .contains(ArchitectureRules.TESTS_DO_NOT_SLEEP);
  }

  @Test
  void plainValuesAreNoViolation() {
    JavaClasses good =
        compiled(
            List.of(
                new Source(
                    "dev.weir.model.A",
                    "record @(java.net.InetAddress a, java.nio.file.Path p, java.time.Instant t,"
                        + " java.util.List<byte[]> l) {"
                        + " byte[] b() { return a.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8); } }"),
                new Source("dev.weir.engine.run.B", "class @ { Thread t; dev.weir.publish.C c; }"),
                new Source("dev.weir.publish.C", "class @ { dev.weir.model.A a; }"),
                new Source(
                    "dev.weir.driver.nginx.D",
                    "class @ { dev.weir.publish.C c; dev.weir.driver.nginx.deep.E e; }"),
                new Source("dev.weir.driver.nginx.deep.E", "class @ {}")));

    assertThat(ArchitectureRules.PROGRAM)
        .allSatisfy(rule -> rule.allowEmptyShould(true).check(good));
  }

  private JavaClasses compiled(List<Source> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach(source -> files.add(new InMemory(source)));
    boolean compiles =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-d", classes.toString(), "-sourcepath", classes.toString()),
                null,
                files)
            .call();
    assertThat(compiles).as(messages.toString()).isTrue();
    return new ClassFileImporter().importPath(classes);
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String text;

    InMemory(Source source) {
      super(URI.create("memory:///" + source.name().replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = source.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
