package dev.weir.template;

/**
 * What a function takes at one place.
 *
 * @param name for languages that pass arguments by name
 * @param type what is accepted; nothing is ever converted
 * @param use whether it may be left out
 */
public record Parameter(String name, Type type, Use use) {
  /** Whether and how often an argument is given. */
  public sealed interface Use {
    /** Exactly once. */
    record Required() implements Use {}

    /**
     * Once, or not at all.
     *
     * @param otherwise the argument where none is given
     */
    record Optional(Value otherwise) implements Use {}

    /** Any number of times; the last parameter only. */
    record Rest() implements Use {}
  }

  /** A parameter that has to be given. */
  public static Parameter required(String name, Type type) {
    return new Parameter(name, type, new Use.Required());
  }

  /** A parameter that may be left out. */
  public static Parameter optional(String name, Type type, Value otherwise) {
    return new Parameter(name, type, new Use.Optional(otherwise));
  }

  /** A parameter that takes all further arguments. */
  public static Parameter rest(String name, Type type) {
    return new Parameter(name, type, new Use.Rest());
  }
}
