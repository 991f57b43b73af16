package dev.weir.source.aws;

/** An instance that a lifecycle hook of its group holds back. */
public record Withheld(String hook, String group, String instance) {

  @Override
  public String toString() {
    return "instance %s of %s".formatted(instance, group);
  }
}
