package dev.weir.source.serf;

import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.model.Address;
import dev.weir.secret.Secret;
import dev.weir.source.serf.NodeSelection.Port;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code serf} source: nodes of a cluster. */
public final class SerfSourceType implements SourceType<SerfSourceType.Options> {

  static {
    // Before its first class is loaded: without memory access that the JDK is about to take away.
    System.setProperty("msgpack.universal-buffer", "true");
  }

  private static final Shape.Key<Address> AGENT =
      Shape.Key.defaulted(
          "agent",
          Shape.scalar("HOST:PORT", Address::parse),
          Address.parse("127.0.0.1:7373"),
          "127.0.0.1:7373",
          "Where the RPC of an agent listens.");
  private static final Shape.Key<Secret> AUTH_KEY =
      Shape.Key.optional("auth_key", Secret.SHAPE, "Where the agent's `rpc_auth` is.");
  private static final Shape.Key<String> NAME =
      Shape.Key.optional(
          "name",
          Shape.scalar("a regular expression", SerfSourceType::pattern),
          "Takes nodes whose whole name matches this regular expression.");
  private static final Shape.Key<Map<String, String>> TAGS =
      Shape.Key.defaulted(
          "tags",
          Shape.dictionary("a tag", Shape.text("its value")),
          Map.of(),
          "{}",
          "Takes nodes whose tags have these values.");
  private static final Shape.Key<Integer> PORT =
      Shape.Key.optional("port", Shape.integer(1, 65535), "The port that all members listen on.");
  private static final Shape.Key<String> PORT_TAG =
      Shape.Key.defaulted(
          "port_tag",
          Shape.text("the name of a tag"),
          "port",
          "port",
          "The tag that says each member's port, where `port` does not.");

  private static final Shape<Options> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with agent or at",
          List.of(AT, AGENT, AUTH_KEY, NAME, TAGS, PORT, PORT_TAG),
          SerfSourceType::options);

  private final Followers<Agent, List<SerfNode>> followers;

  /**
   * What it is told.
   *
   * @param agent who is asked
   * @param selection which nodes are members
   */
  public record Options(Agent agent, NodeSelection selection) {}

  public SerfSourceType() {
    this(Pace.USUAL);
  }

  SerfSourceType(Pace pace) {
    followers = new Followers<>(pace, SerfFollower::new);
  }

  @Override
  public String name() {
    return "serf";
  }

  @Override
  public Shape<Options> options() {
    return OPTIONS;
  }

  @Override
  public List<Shape.Key<?>> connection() {
    return List.of(AGENT, AUTH_KEY);
  }

  @Override
  public Source open(Options options, Context context) {
    SerfMembers members = new SerfMembers(options.selection(), context);
    return followers.source(options.agent(), context.time(), members::report);
  }

  private static Options options(Values values) {
    if (values.written(PORT) && values.written(PORT_TAG)) {
      throw new IllegalArgumentException("port and port_tag (expected: one of them)");
    }
    Optional<Integer> fixed = values.find(PORT);
    Port port =
        fixed.isPresent() ? new Port.Fixed(fixed.get()) : new Port.Tag(values.get(PORT_TAG));
    return new Options(
        new Agent(values.get(AGENT), values.find(AUTH_KEY), Agent.Patience.USUAL),
        new NodeSelection(values.find(NAME), values.get(TAGS), port));
  }

  private static String pattern(String text) {
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription(), wrong);
    }
  }
}
