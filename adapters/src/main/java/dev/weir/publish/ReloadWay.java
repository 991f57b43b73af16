package dev.weir.publish;

import dev.weir.model.Quoted;
import dev.weir.net.HttpTarget;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.NotStarted;
import dev.weir.publish.ProgramResult.TimedOut;
import dev.weir.spi.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * A signal to the main process of a container, by the Docker Engine's API.
   *
   * @param paths where the files that lie here are seen in it
   */
  record Container(EngineContainer container, SharedPaths paths) implements ReloadWay {}

  /**
   * How it is written: {@code signal}, {@code { systemd: UNIT }}, {@code { command: [...] }} or
   * {@code { container: NAME }}.
   */
  Shape<ReloadWay> SHAPE = shape();

  /**
   * Tells the program. What is said of a failure has the first word of a command alone: others may
   * be secrets.
   *
   * @param signal its name, {@code HUP}
   * @param pid of the process that gets the signal where no other way was chosen
   * @return why it could not be told; empty when it was
   */
  default Optional<String> tell(String signal, long pid) throws InterruptedException {
    return switch (this) {
      case Signal ignored -> {
        if (pid < 1) {
          throw new IllegalArgumentException("pid: %d (expected: 1 or more)".formatted(pid));
        }
        yield run(List.of("sh", "-c", "kill -%s %d".formatted(signal, pid)));
      }
      case Systemd(String unit) -> run(List.of("systemctl", "reload", unit));
      case Command(List<String> words) -> run(words);
      case Container way -> signal(way.container(), signal);
    };
  }

  private static Optional<String> run(List<String> command) throws InterruptedException {
    ProgramResult result = Programs.run(command, MOST);
    return result instanceof Exited exited && exited.succeeded()
        ? Optional.empty()
        : Optional.of("%s: %s".formatted(command.getFirst(), reason(result)));
  }

  private static Optional<String> signal(EngineContainer container, String signal)
      throws InterruptedException {
    try {
      container.signal(signal);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("container %s: %s".formatted(container.name(), e.getMessage()));
    }
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

  /** In a container: {@code { container: NAME, paths: { HERE: THERE }, engine: ... }}. */
  static Shape<Container> container() {
    Shape.Key<String> name =
        Shape.Key.required(
            "container", Shape.text("the name or id of a container"), "The container it runs in.");
    Shape.Key<Map<String, String>> paths =
        Shape.Key.defaulted(
            "paths",
            Shape.dictionary("a path here", Shape.text("the same path in the container")),
            Map.of(),
            "{}",
            "Folders or files that both see under other names.");
    Shape.Key<HttpTarget> engine =
        Shape.Key.defaulted(
            "engine",
            Shape.scalar("unix:/PATH or tcp://HOST:PORT", HttpTarget::parse),
            HttpTarget.parse("unix:/var/run/docker.sock"),
            "unix:/var/run/docker.sock",
            "The Docker Engine's API; whoever may use it is root there.");
    return new Shape.Mapping<>(
        "container, paths, engine",
        List.of(name, paths, engine),
        values -> {
          Map<Path, Path> shared = new LinkedHashMap<>();
          values.get(paths).forEach((here, there) -> shared.put(Path.of(here), Path.of(there)));
          return new Container(
              new EngineContainer(values.get(engine), values.get(name)), new SharedPaths(shared));
        });
  }

  private static Shape<ReloadWay> shape() {
    List<Shape<? extends ReloadWay>> forms = new ArrayList<>();
    forms.add(Shape.scalar("signal", ReloadWay::signal));
    forms.addAll(programs());
    forms.add(container());
    return new Shape.Either<>(
        "signal, { systemd: UNIT }, { command: [...] } or { container: NAME }", forms);
  }

  private static ReloadWay signal(String text) {
    if (!text.equals("signal")) {
      throw new IllegalArgumentException("no such way");
    }
    return new Signal();
  }
}
