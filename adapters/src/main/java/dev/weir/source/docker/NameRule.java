package dev.weir.source.docker;

import java.util.regex.Pattern;

/** A regular expression that a whole name has to match; two of the same text are equal. */
final class NameRule {

  private final Pattern pattern;

  /**
   * Compiles the expression.
   *
   * @throws java.util.regex.PatternSyntaxException when it is none
   */
  NameRule(String regex) {
    this.pattern = Pattern.compile(regex);
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NameRule rule && rule.pattern.pattern().equals(pattern.pattern());
  }

  @Override
  public int hashCode() {
    return pattern.pattern().hashCode();
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }
}
