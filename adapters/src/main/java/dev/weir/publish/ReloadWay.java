package dev.weir.publish;

import dev.weir.model.Quoted;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.NotStarted;
import dev.weir.publish.ProgramResult.TimedOut;
import dev.weir.spi.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a running program is told to read its files again. That it was told proves nothing: whoever
 * tells it waits for the proof.
 */
public sealed interface ReloadWay {

  /** How long telling may take; a unit of systemd may wait for its own command. */
  Duration MOST = Duration.ofSeconds(30);

  /** A signal to its main process. */
  record Signal() implements ReloadWay {}

  /**
   * {@code systemctl reload}.
   *
   * @param unit with or without {@code .service}
   */
  record Systemd(String unit) implements ReloadWay {
    public Systemd {
      if (!unit.matches("[A-Za-z0-9_][A-Za-z0-9:_.@\\\\-]{0,255}")) {
        throw new IllegalArgumentException(
            "unit: %s (expected: a unit of systemd)".formatted(Quoted.of(unit)));
      }
    }
  }

  /**
   * A command of the user's; no shell is involved.
   *
   * @param words the program and its arguments
   */
  record Command(List<String> words) implements ReloadWay {
    public Command {
      words = List.copyOf(words);
      if (words.isEmpty() || words.getFirst().isBlank()) {
        throw new IllegalArgumentException(
            "command: %s (expected: a program and its arguments)".formatted(words));
      }
    }
  }

  /** How it is written: {@code signal}, {@code { systemd: UNIT }} or {@code { command: [...] }}. */
  Shape<ReloadWay> SHAPE = shape();

  /**
   * Tells the program. What is said of a failure has the first word of the command alone: others
   * may be secrets.
   *
   * @param signal the command that sends the signal
   * @return why it could not be told; empty when it was
   */
  default Optional<String> tell(List<String> signal) throws InterruptedException {
    List<String> command = command(signal);
    ProgramResult result = Programs.run(command, MOST);
    return result instanceof Exited exited && exited.succeeded()
        ? Optional.empty()
        : Optional.of("%s: %s".formatted(command.getFirst(), reason(result)));
  }

  private List<String> command(List<String> signal) {
    return switch (this) {
      case Signal ignored -> signal;
      case Systemd(String unit) -> List.of("systemctl", "reload", unit);
      case Command(List<String> words) -> words;
    };
  }

  private static String reason(ProgramResult result) {
    return switch (result) {
      case Exited exited -> {
        String said = exited.output().text();
        yield "exit code %d%s".formatted(exited.code(), said.isEmpty() ? "" : ", " + said);
      }
      case TimedOut timedOut -> "no end within %ds".formatted(timedOut.after().toSeconds());
      case NotStarted notStarted -> notStarted.reason();
    };
  }

  /**
   * The forms in which a program does it: {@code { systemd: UNIT }}, {@code { command: [...] }}.
   */
  static List<Shape<? extends ReloadWay>> programs() {
    Shape.Key<Systemd> systemd =
        Shape.Key.required(
            "systemd", Shape.scalar("a unit of systemd", Systemd::new), "The unit to reload.");
    Shape.Key<List<String>> command =
        Shape.Key.required(
            "command",
            Shape.listOf(Shape.text("a word")),
            "A program and its arguments, run without a shell.");
    return List.of(
        new Shape.Mapping<>("systemd", List.of(systemd), values -> values.get(systemd)),
        new Shape.Mapping<>(
            "command", List.of(command), values -> new Command(values.get(command))));
  }

  private static Shape<ReloadWay> shape() {
    List<Shape<? extends ReloadWay>> forms = new ArrayList<>();
    forms.add(Shape.scalar("signal", ReloadWay::signal));
    forms.addAll(programs());
    return new Shape.Either<>("signal, { systemd: UNIT } or { command: [...] }", forms);
  }

  private static ReloadWay signal(String text) {
    if (!text.equals("signal")) {
      throw new IllegalArgumentException("no such way");
    }
    return new Signal();
  }
}
