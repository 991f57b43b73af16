package dev.weir.source.exec;

import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.memberlist.ListReport;
import dev.weir.spi.Durations;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import java.time.Duration;
import java.util.List;

/** The {@code exec} source: members that a command prints. */
public final class ExecSourceType implements SourceType<Invocation> {

  /** What is run. */
  static final Shape.Key<List<String>> COMMAND =
      Shape.Key.required(
          "command",
          Shape.listOf(Shape.text("a word")),
          "The program and its arguments, which no shell reads. What it prints lists the members"
              + " in any format that `file` takes; another exit code than 0 means that it could"
              + " not look.");

  /** How often it is run. */
  static final Shape.Key<Duration> EVERY =
      Shape.Key.defaulted(
          "every",
          Durations.SHAPE,
          Duration.ofSeconds(10),
          "10s",
          "The time between the end of a run and the beginning of the next.");

  /** How long it may run. */
  static final Shape.Key<Duration> TIMEOUT =
      Shape.Key.defaulted(
          "timeout",
          Durations.SHAPE,
          Duration.ofSeconds(10),
          "10s",
          "How long a run may take; then it is killed, with all that it has started.");

  private static final Shape<Invocation> OPTIONS =
      new Shape.Shorthand<>(
          COMMAND,
          new Shape.Mapping<>(
              "a mapping with command",
              List.of(COMMAND, EVERY, TIMEOUT),
              values ->
                  new Invocation(values.get(COMMAND), values.get(EVERY), values.get(TIMEOUT))));

  private final Followers<Invocation, String> followers;

  public ExecSourceType() {
    this(Pace.USUAL);
  }

  ExecSourceType(Pace pace) {
    followers = new Followers<>(pace, ExecFollower::new);
  }

  @Override
  public String name() {
    return "exec";
  }

  @Override
  public Shape<Invocation> options() {
    return OPTIONS;
  }

  @Override
  public Source open(Invocation options, Context context) {
    String place = options.toString();
    return followers.source(options, context.time(), text -> ListReport.of(place, text, context));
  }
}
