package dev.weir.source.supervisor;

import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.net.HttpTarget;
import dev.weir.secret.Secret;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code supervisor} source: FastCGI programs that a supervisord runs. */
public final class SupervisorSourceType implements SourceType<SupervisorSourceType.Options> {

  private static final Shape.Key<HttpTarget> SERVER =
      Shape.Key.defaulted(
          "server",
          Shape.scalar("unix:/PATH or http://HOST:PORT", HttpTarget::parse),
          HttpTarget.parse("unix:/var/run/supervisor.sock"),
          "unix:/var/run/supervisor.sock",
          "Where the interface of supervisord is.");
  private static final Shape.Key<String> USER =
      Shape.Key.optional("user", Shape.text("a name"), "Who asks, where it wants to know.");
  private static final Shape.Key<Secret> PASSWORD =
      Shape.Key.optional("password", Secret.SHAPE, "Where that user's password is.");
  private static final Shape.Key<Path> CONFIG =
      Shape.Key.defaulted(
          "config",
          Shape.scalar("the path of a file", SupervisorSourceType::path),
          Path.of("/etc/supervisor/supervisord.conf"),
          "/etc/supervisor/supervisord.conf",
          "The configuration of supervisord, which says where programs listen.");
  private static final Shape.Key<String> PROGRAM =
      Shape.Key.optional(
          "program",
          Shape.scalar("a regular expression", SupervisorSourceType::pattern),
          "Takes FastCGI programs whose whole name matches this regular expression.");

  private static final Shape<Options> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with server or at",
          List.of(AT, SERVER, USER, PASSWORD, CONFIG, PROGRAM),
          SupervisorSourceType::options);

  private final Followers<Supervisord, Programs> followers;

  /**
   * What it is told.
   *
   * @param asked which supervisord
   * @param program a regular expression for the whole name of a program; absent: any
   */
  public record Options(Supervisord asked, Optional<String> program) {}

  public SupervisorSourceType() {
    this(Pace.USUAL);
  }

  SupervisorSourceType(Pace pace) {
    followers = new Followers<>(pace, SupervisorFollower::new);
  }

  @Override
  public String name() {
    return "supervisor";
  }

  @Override
  public Shape<Options> options() {
    return OPTIONS;
  }

  @Override
  public List<Shape.Key<?>> connection() {
    return List.of(SERVER, USER, PASSWORD, CONFIG);
  }

  @Override
  public Source open(Options options, Context context) {
    ProgramMembers members = new ProgramMembers(options.program(), context);
    return followers.source(options.asked(), context.time(), members::report);
  }

  private static Options options(Values values) {
    Optional<String> user = values.find(USER);
    Optional<Secret> password = values.find(PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "%s alone (expected: user and password together)"
              .formatted(user.isPresent() ? "user" : "password"));
    }
    return new Options(
        new Supervisord(
            values.get(SERVER),
            user.map(name -> new Supervisord.Login(name, password.orElseThrow())),
            values.get(CONFIG),
            Supervisord.Rhythm.USUAL),
        values.find(PROGRAM));
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("not a path", invalid);
    }
  }

  private static String pattern(String text) {
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription(), wrong);
    }
  }
}
