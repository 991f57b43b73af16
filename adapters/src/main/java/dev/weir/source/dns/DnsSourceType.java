package dev.weir.source.dns;

import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.spi.Durations;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.time.Duration;
import java.util.List;

/** The {@code dns} source: members that a name stands for. */
public final class DnsSourceType implements SourceType<DnsQuestion> {

  private static final int PORT = 53;

  private static final Shape<Endpoint.Ip> SERVER =
      Shape.scalar("IP or IP:PORT", DnsSourceType::server);

  /** What is asked for. */
  static final Shape.Key<String> NAME =
      Shape.Key.required(
          "name",
          Shape.scalar("a DNS name", DnsSourceType::name),
          "The name, absolute: no search list is applied.");

  /** Which records. */
  static final Shape.Key<Kind> TYPE =
      Shape.Key.optional(
          "type",
          Shape.choice(Kind.class),
          "Which records; without it, `srv` for names that begin with an underscore, else `a`.");

  /** The members' port. */
  static final Shape.Key<Integer> MEMBER_PORT =
      Shape.Key.optional(
          "port",
          Shape.integer(1, 65535),
          "The port that the members listen on; SRV records say it themselves.");

  /** Who is asked. */
  static final Shape.Key<List<Endpoint.Ip>> SERVERS =
      Shape.Key.defaulted(
          "server",
          new Shape.Either<>(
              "IP or IP:PORT, or a list of them",
              List.of(SERVER.map(List::of), Shape.listOf(SERVER))),
          List.of(),
          "those of the machine",
          "Which servers are asked, the next when one does not answer.");

  /** The floor of times to live. */
  static final Shape.Key<Duration> MIN_TTL =
      Shape.Key.defaulted(
          "min_ttl",
          Durations.SHAPE,
          Duration.ofSeconds(1),
          "1s",
          "An answer is believed at least so long, whatever it says.");

  /** The ceiling of times to live. */
  static final Shape.Key<Duration> MAX_TTL =
      Shape.Key.defaulted(
          "max_ttl",
          Durations.SHAPE,
          Duration.ofSeconds(30),
          "30s",
          "An answer is believed at most so long, whatever it says.");

  /** The time for an answer. */
  static final Shape.Key<Duration> TIMEOUT =
      Shape.Key.defaulted(
          "timeout",
          Durations.SHAPE,
          Duration.ofSeconds(2),
          "2s",
          "How long one server is waited for; each is asked twice.");

  private static final Shape<DnsQuestion> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with name",
          List.of(NAME, TYPE, MEMBER_PORT, SERVERS, MIN_TTL, MAX_TTL, TIMEOUT),
          DnsSourceType::question);

  private final Followers<DnsQuestion, Found> followers;

  public DnsSourceType() {
    this(Pace.USUAL);
  }

  DnsSourceType(Pace pace) {
    followers = new Followers<>(pace, DnsFollower::new);
  }

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public Shape<DnsQuestion> options() {
    return OPTIONS;
  }

  @Override
  public Source open(DnsQuestion options, Context context) {
    return followers.source(options, context.time(), found -> found.report(context));
  }

  private static DnsQuestion question(Values values) {
    String name = values.get(NAME);
    Kind kind = values.find(TYPE).orElse(name.startsWith("_") ? Kind.SRV : Kind.A);
    return new DnsQuestion(
        name,
        kind,
        values.find(MEMBER_PORT).orElse(0),
        values.get(SERVERS),
        new DnsQuestion.Rhythm(values.get(MIN_TTL), values.get(MAX_TTL), values.get(TIMEOUT)));
  }

  private static String name(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return new Address.Host(name, PORT).name();
  }

  private static Endpoint.Ip server(String text) {
    boolean bare = text.indexOf(':') < 0 || text.endsWith("]");
    Address address = Address.parse(bare ? text + ":" + PORT : text);
    if (address instanceof Endpoint.Ip ip) {
      return ip;
    }
    throw new IllegalArgumentException("not an IP");
  }
}
