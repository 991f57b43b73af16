package dev.weir.testkit.real;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Decides what becomes of a test whose real server is missing. A skip is the answer of the
 * condition; a failure is thrown before the test, so that it is counted and shown as one.
 */
final class RequiresServerExtension
    implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback {
  static final String REQUIRE = "WEIR_REQUIRE_SERVERS";

  private final Function<Server, Optional<Path>> find;

  /** Looks on this machine; called by JUnit. */
  RequiresServerExtension() {
    this(Server::find);
  }

  RequiresServerExtension(Function<Server, Optional<Path>> find) {
    this.find = find;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing = missing(context);
    if (missing.isPresent() && !required(context)) {
      return ConditionEvaluationResult.disabled(missing.get());
    }
    return ConditionEvaluationResult.enabled("every server is there, or has to be");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    failWhenMissing(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    failWhenMissing(context);
  }

  private void failWhenMissing(ExtensionContext context) {
    missing(context)
        .ifPresent(text -> {
          throw new AssertionError(text + " (" + REQUIRE + "=1: a failure, not a skip)");
        });
  }

  private static boolean required(ExtensionContext context) {
    return context
        .getConfigurationParameter(REQUIRE)
        .or(() -> Optional.ofNullable(System.getenv(REQUIRE)))
        .map("1"::equals)
        .orElse(false);
  }

  private Optional<String> missing(ExtensionContext context) {
    Optional<AnnotatedElement> element = context.getElement();
    Optional<RequiresServer> annotation =
        AnnotationSupport.findAnnotation(element, RequiresServer.class);
    String text =
        annotation.stream()
            .flatMap(found -> Arrays.stream(found.value()))
            .filter(server -> find.apply(server).isEmpty())
            .map(Server::missing)
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
