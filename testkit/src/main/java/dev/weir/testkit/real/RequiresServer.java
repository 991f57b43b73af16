package dev.weir.testkit.real;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs against these real servers. Where one is not installed, the test is skipped with
 * the reason; with {@code WEIR_REQUIRE_SERVERS=1} (a system property or an environment variable,
 * set by {@code ./test}) it fails instead.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresServerExtension.class)
public @interface RequiresServer {
  /** The servers, all of which are needed. */
  Server[] value();
}
