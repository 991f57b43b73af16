package dev.weir.app.gates;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may know what inside the modules; between modules Maven sees to it. */
final class ArchitectureRules {
  private static final String MODEL = "dev.weir.model..";
  private static final String SPI = "dev.weir.spi..";
  private static final String TEMPLATES = "dev.weir.template..";
  private static final String TIME = "dev.weir.spi.Time";

  /** One package per outside system, by the kind of thing that it is to Weir. */
  private static final Pattern ADAPTER =
      Pattern.compile("(dev\\.weir\\.(?:source|kv|probe|driver|store|handler)\\.[^.]+)(?:\\..*)?");

  /** Packages that adapters share; they know no adapter. */
  private static final String[] SHARED = {
    "dev.weir.publish..",
    "dev.weir.xmlrpc..",
    "dev.weir.surround..",
    "dev.weir.net..",
    "dev.weir.memberlist..",
    "dev.weir.follow..",
    "dev.weir.folders..",
    "dev.weir.plugin..",
    "dev.weir.consul..",
    "dev.weir.nginxconf..",
    "dev.weir.handwritten..",
    "dev.weir.haproxyconf..",
    "dev.weir.rendered..",
    "dev.weir.secret.."
  };

  /** Types of the I/O packages that are plain values, or only say that I/O failed. */
  private static final Set<String> PLAIN =
      Set.of(
          "java.io.Closeable",
          "java.io.IOException",
          "java.io.ObjectStreamException",
          "java.io.Serial",
          "java.io.Serializable",
          "java.io.UncheckedIOException",
          "java.net.Inet4Address",
          "java.net.Inet6Address",
          "java.net.InetAddress",
          "java.net.InetSocketAddress",
          "java.net.URI",
          "java.net.URISyntaxException",
          "java.net.UnknownHostException",
          "java.nio.file.InvalidPathException",
          "java.nio.file.Path");

  private static final Set<String> PROCESS =
      Set.of("java.lang.Process", "java.lang.ProcessBuilder", "java.lang.Runtime");

  private static final DescribedPredicate<JavaClass> IO =
      resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio",
              "java.nio.channels..",
              "java.nio.file..",
              "java.sql..",
              "javax.net..")
          .and(describe("more than plain values", type -> !PLAIN.contains(type.getName())))
          .or(describe("processes", type -> PROCESS.contains(type.getName())))
          .as("I/O");

  private static final DescribedPredicate<JavaClass> LOGGER =
      resideInAnyPackage("java.util.logging..", "org.slf4j..")
          .or(describe("System.Logger", type -> type.getName().startsWith("java.lang.System$Log")))
          .as("a logger");

  private static final DescribedPredicate<JavaClass> THREAD =
      resideInAPackage("java.util.concurrent..")
          .and(not(describe("TimeUnit", type -> type.isEquivalentTo(TimeUnit.class))))
          .or(
              describe(
                  "Thread and Timer",
                  type ->
                      type.getName().startsWith("java.lang.Thread")
                          || type.getName().startsWith("java.util.Timer")))
          .as("threads");

  /** Methods that read a clock, by their class; every {@code now} of java.time besides. */
  private static final Map<String, Set<String>> CLOCKS =
      Map.of(
          "java.lang.System",
          Set.of("currentTimeMillis", "nanoTime"),
          "java.time.Clock",
          Set.of("system", "systemUTC", "systemDefaultZone", "tick", "tickSeconds", "tickMinutes"),
          "java.time.InstantSource",
          Set.of("system"));

  private static final DescribedPredicate<JavaAccess<?>> READS_A_CLOCK =
      describe(
          "reads a clock",
          call -> {
            String owner = call.getTargetOwner().getName();
            return CLOCKS.getOrDefault(owner, Set.of()).contains(call.getName())
                || (owner.startsWith("java.time.") && call.getName().equals("now"));
          });

  private static final DescribedPredicate<JavaAccess<?>> SLEEPS =
      describe(
          "sleeps",
          call ->
              call.getName().equals("sleep")
                  && (call.getTargetOwner().isEquivalentTo(Thread.class)
                      || call.getTargetOwner().isEquivalentTo(TimeUnit.class)));

  private static final DescribedPredicate<JavaClass> PURE_ENGINE =
      resideInAnyPackage("dev.weir.engine.catalog..", "dev.weir.engine.resolve..")
          .or(
              describe(
                  "HealthTracker",
                  type -> type.getName().startsWith("dev.weir.engine.health.HealthTracker")))
          .as("the pure parts of the engine");

  static final ArchRule MODEL_NEEDS_THE_JDK_ONLY =
      classes()
          .that()
          .resideInAnyPackage(MODEL, SPI)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(MODEL, SPI, "java..", "org.jspecify..")
                  .or(describe("a primitive", JavaClass::isPrimitive))
                  .or(describe("an array", JavaClass::isArray)));

  static final ArchRule TEMPLATES_NEED_THE_JDK_ONLY =
      classes()
          .that()
          .resideInAPackage(TEMPLATES)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(TEMPLATES, "java..", "org.jspecify..")
                  .or(describe("a primitive", JavaClass::isPrimitive))
                  .or(describe("an array", JavaClass::isArray)));

  static final ArchRule TEMPLATES_DO_NO_IO =
      noClasses().that().resideInAPackage(TEMPLATES).should().dependOnClassesThat(IO);

  static final ArchRule TEMPLATES_DO_NOT_REFLECT =
      noClasses()
          .that()
          .resideInAPackage(TEMPLATES)
          .should()
          .dependOnClassesThat(resideInAPackage("java.lang.reflect.."));

  static final ArchRule TEMPLATE_LANGUAGES_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("dev.weir.template.(*)..").should().notDependOnEachOther();

  static final ArchRule MODEL_KNOWS_NO_PLUG_IN =
      noClasses()
          .that()
          .resideInAPackage(MODEL)
          .should()
          .dependOnClassesThat(resideInAPackage(SPI));

  static final ArchRule MODEL_DOES_NO_IO =
      noClasses().that().resideInAnyPackage(MODEL, SPI).should().dependOnClassesThat(IO);

  /**
   * But for the one implementation of time by the machine's clocks, which stands beside the type.
   */
  static final ArchRule MODEL_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL, SPI)
          .and(describe("are not Time", type -> !type.getName().startsWith(TIME + "$")))
          .should()
          .accessTargetWhere(READS_A_CLOCK);

  static final ArchRule MODEL_LOGS_NOTHING =
      noClasses().that().resideInAnyPackage(MODEL, SPI).should().dependOnClassesThat(LOGGER);

  static final ArchRule MODEL_HAS_NO_THREAD =
      noClasses().that().resideInAPackage(MODEL).should().dependOnClassesThat(THREAD);

  static final ArchRule RECORDS_HAVE_NO_ARRAYS =
      classes().that().areRecords().should(new NoArrayComponents());

  static final ArchRule PURE_ENGINE_IS_PURE =
      noClasses()
          .that(PURE_ENGINE)
          .should()
          .dependOnClassesThat(
              IO.or(THREAD)
                  .or(LOGGER)
                  .or(describe("dev.weir.spi.Time", t -> t.getName().equals("dev.weir.spi.Time")))
                  .or(
                      resideInAnyPackage(
                          "dev.weir.engine.keeper..",
                          "dev.weir.engine.reconcile..",
                          "dev.weir.engine.run..")));

  static final ArchRule KEEPER_DOES_NOT_KNOW_RECONCILE =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.engine.keeper..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.weir.engine.reconcile.."));

  static final ArchRule RECONCILE_DOES_NOT_KNOW_KEEPER =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.engine.reconcile..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.weir.engine.keeper.."));

  static final ArchRule RUN_KNOWS_NOTHING_OF_THE_DOMAIN =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.engine.run..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(MODEL)
                  .or(
                      resideInAPackage("dev.weir.engine..")
                          .and(not(resideInAPackage("dev.weir.engine.run..")))));

  static final ArchRule ENGINE_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.engine..")
          .should()
          .accessTargetWhere(READS_A_CLOCK);

  static final ArchRule ENGINE_IS_HANDED_ITS_TIME =
      noClasses().that().resideInAPackage("dev.weir.engine..").should().accessField(TIME, "SYSTEM");

  static final ArchRule ENGINE_DOES_NOT_SLEEP =
      noClasses().that().resideInAPackage("dev.weir.engine..").should().accessTargetWhere(SLEEPS);

  static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER =
      classes()
          .that(describe("adapters", type -> adapter(type).isPresent()))
          .should(new KnowNoSibling());

  static final ArchRule SHARED_PACKAGES_KNOW_NO_ADAPTER =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .dependOnClassesThat(describe("adapters", type -> adapter(type).isPresent()));

  static final ArchRule FRONT_ENDS_DO_NOT_TOUCH_DRIVERS =
      noClasses()
          .that()
          .resideInAnyPackage("dev.weir.app.api..", "dev.weir.app.cli..", "dev.weir.app.web..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.weir.driver..", "dev.weir.store..", "dev.weir.publish..")
                  .or(named("dev.weir.spi.ProxyDriver"))
                  .or(named("dev.weir.spi.OverrideStore")));

  /** What holds for the program. */
  static final List<ArchRule> PROGRAM =
      List.of(
          MODEL_NEEDS_THE_JDK_ONLY,
          TEMPLATES_NEED_THE_JDK_ONLY,
          TEMPLATES_DO_NO_IO,
          TEMPLATES_DO_NOT_REFLECT,
          TEMPLATE_LANGUAGES_DO_NOT_KNOW_EACH_OTHER,
          MODEL_KNOWS_NO_PLUG_IN,
          MODEL_DOES_NO_IO,
          MODEL_READS_NO_CLOCK,
          MODEL_LOGS_NOTHING,
          MODEL_HAS_NO_THREAD,
          RECORDS_HAVE_NO_ARRAYS,
          PURE_ENGINE_IS_PURE,
          KEEPER_DOES_NOT_KNOW_RECONCILE,
          RECONCILE_DOES_NOT_KNOW_KEEPER,
          RUN_KNOWS_NOTHING_OF_THE_DOMAIN,
          ENGINE_READS_NO_CLOCK,
          ENGINE_IS_HANDED_ITS_TIME,
          ENGINE_DOES_NOT_SLEEP,
          ADAPTERS_DO_NOT_KNOW_EACH_OTHER,
          SHARED_PACKAGES_KNOW_NO_ADAPTER,
          FRONT_ENDS_DO_NOT_TOUCH_DRIVERS);

  /** What holds for tests and for the testkit. */
  static final ArchRule TESTS_DO_NOT_SLEEP =
      noClasses().that().resideInAPackage("dev.weir..").should().accessTargetWhere(SLEEPS);

  private ArchitectureRules() {}

  private static DescribedPredicate<JavaClass> named(String name) {
    return describe(name, type -> type.getName().equals(name));
  }

  private static Optional<String> adapter(JavaClass type) {
    Matcher matcher = ADAPTER.matcher(type.getPackageName());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A record is a value: an array in it could be changed from outside and breaks its equality. */
  private static final class NoArrayComponents extends ArchCondition<JavaClass> {
    NoArrayComponents() {
      super("have no arrays as components");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      type.getFields().stream()
          .filter(field -> !field.getModifiers().contains(STATIC))
          .forEach(field ->
              events.add(
                  new SimpleConditionEvent(
                      field, !field.getRawType().isArray(), field.getDescription())));
    }
  }

  /** An adapter may be taken out or replaced without a look at any other. */
  private static final class KnowNoSibling extends ArchCondition<JavaClass> {
    KnowNoSibling() {
      super("not know another adapter");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Optional<String> own = adapter(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        Optional<String> other = adapter(dependency.getTargetClass());
        events.add(
            new SimpleConditionEvent(
                dependency, other.isEmpty() || other.equals(own), dependency.getDescription()));
      }
    }
  }
}
