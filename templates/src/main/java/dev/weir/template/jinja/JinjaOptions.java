package dev.weir.template.jinja;

import dev.weir.template.Functions;
import dev.weir.template.jinja.syntax.Trim;
import java.util.Set;

/**
 * How templates are read and run.
 *
 * @param trim what becomes of white space around tags
 * @param undefined what names that lead to nothing are
 * @param functions what templates may call beside the built-in functions; also usable as filters
 */
public record JinjaOptions(Set<Trim> trim, Undefined undefined, Functions functions) {

  /** What may be done with a value that does not exist. */
  public enum Undefined {
    /** It prints as nothing, is false and empty; all else is an error. */
    DEFAULT,
    /** Everything but the test {@code defined} and the filter {@code default} is an error. */
    STRICT
  }

  /** As Jinja2 without any settings. */
  public static final JinjaOptions DEFAULT =
      new JinjaOptions(Set.of(), Undefined.DEFAULT, Functions.NONE);

  public JinjaOptions {
    trim = Set.copyOf(trim);
  }

  /** These options with another treatment of white space. */
  public JinjaOptions withTrim(Trim... other) {
    return new JinjaOptions(Set.of(other), undefined, functions);
  }

  /** These options with other undefined values. */
  public JinjaOptions withUndefined(Undefined other) {
    return new JinjaOptions(trim, other, functions);
  }

  /** These options with other functions. */
  public JinjaOptions withFunctions(Functions other) {
    return new JinjaOptions(trim, undefined, other);
  }
}
