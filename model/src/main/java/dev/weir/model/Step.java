package dev.weir.model;

/**
 * One thing to be done to a running proxy.
 *
 * @param command as the proxy takes it, one line without its end; may have a secret
 * @param shown the same for people and logs, without secrets
 * @param purpose for people: {@code add 10.0.0.3:80 as web3}
 * @param expected the answer that means success; everything else is a failure
 */
public record Step(String command, String shown, String purpose, Expected expected) {

  /** The answers that count as success. */
  public enum Expected {
    /** Nothing but white space. */
    SILENCE,
    /** The text that the driver knows for this command. */
    CONFIRMATION,
    /** Anything: the state is read back afterwards. */
    ANYTHING
  }

  /** A step whose command has no secrets. */
  public Step(String command, String purpose, Expected expected) {
    this(command, command, purpose, expected);
  }

  public Step {
    if (command.indexOf('\n') >= 0 || command.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "command: %s (expected: one line)".formatted(Quoted.of(command)));
    }
  }

  /** With what is shown of the command. */
  @Override
  public String toString() {
    return "Step[%s: %s, %s]".formatted(purpose, shown, expected);
  }
}
