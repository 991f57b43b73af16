package dev.weir.template;

/**
 * What a template computes with. Immutable, but for what a language keeps to itself as a {@link
 * Special}. Nothing else can be reached from a template: a Java object becomes a value by {@link
 * Values#of} or by an {@link ObjectValue} that exposes members one by one.
 */
public sealed interface Value
    permits Null,
        Bool,
        Int,
        Real,
        Text,
        ListValue,
        MapValue,
        RecordValue,
        ObjectValue,
        FunctionValue,
        Special {

  /**
   * What the value is declared to hold; containers of anything have elements of {@link Type#ANY}.
   */
  Type type();
}
