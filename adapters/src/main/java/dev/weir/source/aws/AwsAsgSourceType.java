package dev.weir.source.aws;

import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.follow.Shared;
import dev.weir.plugin.Plugins;
import dev.weir.secret.Secret;
import dev.weir.source.aws.AwsAccount.Identity;
import dev.weir.source.aws.FleetMembers.Choice;
import dev.weir.spi.Durations;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@code aws_asg} source: the instances of Auto Scaling groups; its client is a plug-in. */
public final class AwsAsgSourceType implements SourceType<AwsAsgSourceType.Options> {

  private static final String PLUGIN = "aws";

  /** AWS takes no more names in one question. */
  private static final int MOST_GROUPS = 50;

  /** The region. */
  static final Shape.Key<String> REGION =
      Shape.Key.optional(
          "region",
          Shape.scalar("a region such as eu-west-1", AwsAsgSourceType::region),
          "The region; without it, as the environment, the profile or the machine says.");

  /** Where it is asked. */
  static final Shape.Key<URI> ENDPOINT =
      Shape.Key.optional(
          "endpoint",
          Shape.scalar("http://HOST:PORT or https://HOST", AwsAsgSourceType::endpoint),
          "Where both services are asked; without it, at the region's own addresses.");

  /** A profile of files. */
  static final Shape.Key<String> PROFILE =
      Shape.Key.optional(
          "profile", Shape.text("a name"), "The profile of the user's AWS files that asks.");

  /** A key. */
  static final Shape.Key<String> KEY_ID =
      Shape.Key.optional(
          "access_key_id",
          Shape.text("the id of an access key"),
          "The key that asks; without it and a profile, AWS' usual chain finds one.");

  /** Its secret. */
  static final Shape.Key<Secret> SECRET_KEY =
      Shape.Key.optional(
          "secret_access_key", Secret.SHAPE, "Where the secret part of that key is.");

  /** The budget. */
  static final Shape.Key<Integer> CALLS =
      Shape.Key.defaulted(
          "calls_per_minute",
          Shape.integer(1, 6000),
          60,
          "60",
          "The most calls that all sources of this connection make together; after a rest so many"
              + " may be made at once.");

  /** Groups by name. */
  static final Shape.Key<List<String>> GROUPS =
      Shape.Key.optional(
          "groups",
          Shape.listOf(Shape.text("the name of a group")),
          "The names of the Auto Scaling groups, at most 50.");

  /** Groups by tags. */
  static final Shape.Key<Map<String, String>> TAGS =
      Shape.Key.optional(
          "tags",
          Shape.dictionary("the key of a tag", Shape.text("its value")),
          "Takes the groups that have all of these tags, in place of names.");

  /** The members' port. */
  static final Shape.Key<Integer> PORT =
      Shape.Key.required("port", Shape.integer(1, 65535), "The port that the members listen on.");

  /** Which address. */
  static final Shape.Key<Choice> ADDRESS =
      Shape.Key.defaulted(
          "address",
          Shape.choice(Choice.class),
          Choice.PRIVATE,
          "private",
          "Which address of an instance is the member's.");

  /** Who is told. */
  static final Shape.Key<String> HOOK =
      Shape.Key.optional(
          "lifecycle_hook",
          Shape.text("the name of a hook"),
          "The lifecycle hook of the groups that holds back instances which terminate; it is told"
              + " to wait while the instance drains, and to go on then or at the pool's drain"
              + " deadline.");

  /** How often. */
  static final Shape.Key<Duration> EVERY =
      Shape.Key.defaulted(
          "every",
          Durations.SHAPE,
          Duration.ofSeconds(10),
          "10s",
          "How often the groups are asked for.");

  static final Shape.Mapping<Options> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with groups or tags, and port",
          List.of(
              AT,
              REGION,
              ENDPOINT,
              PROFILE,
              KEY_ID,
              SECRET_KEY,
              CALLS,
              GROUPS,
              TAGS,
              PORT,
              ADDRESS,
              HOOK,
              EVERY),
          AwsAsgSourceType::options);

  private final Followers<FleetQuestion, Fleet> followers;
  private final Shared<HookKeeper.Which, HookKeeper> keepers;

  /**
   * What it is told.
   *
   * @param hook the name of a lifecycle hook; absent: none is told anything
   */
  public record Options(FleetQuestion question, FleetMembers.Reach reach, Optional<String> hook) {}

  public AwsAsgSourceType() {
    this(
        account ->
            Plugins.INSTALLED.load(PLUGIN, AwsClients.class).open(account, Duration.ofSeconds(10)),
        new Pace(Duration.ofMillis(500), Duration.ofSeconds(20)),
        Pace.USUAL);
  }

  /**
   * @param opener opens the client of an account
   * @param backOff between two tries of a call when AWS wants fewer
   * @param pace between two tries to reach AWS
   */
  AwsAsgSourceType(Calls.Opener opener, Pace backOff, Pace pace) {
    Accounts accounts = new Accounts(opener, backOff);
    followers =
        new Followers<>(pace, (question, time) -> new FleetFollower(question, accounts, time));
    keepers = new Shared<>(which -> HookKeeper.start(which, accounts), HookKeeper::stop);
  }

  @Override
  public String name() {
    return "aws_asg";
  }

  @Override
  public Shape<Options> options() {
    return OPTIONS;
  }

  @Override
  public List<Shape.Key<?>> connection() {
    return List.of(REGION, ENDPOINT, PROFILE, KEY_ID, SECRET_KEY, CALLS);
  }

  @Override
  public String connectionName() {
    return PLUGIN;
  }

  @Override
  public Source open(Options options, Context context) {
    FleetMembers members = new FleetMembers(options.reach(), context);
    if (options.hook().isEmpty() || context.drains().isEmpty()) {
      return followers.source(options.question(), context.time(), members::report);
    }
    String hook = options.hook().get();
    HookKeeper.Which which =
        new HookKeeper.Which(options.question().account(), hook, context.time());
    return sink -> {
      try (Shared.Lease<HookKeeper> keeper = keepers.take(which);
          HookKeeper.Share share = keeper.get().join(context.drains().get())) {
        followers
            .source(
                options.question(),
                context.time(),
                fleet -> {
                  share.tell(members.withheld(fleet, hook));
                  return members.report(fleet);
                })
            .watch(sink);
      }
    };
  }

  private static Options options(Values values) {
    return new Options(
        new FleetQuestion(
            new AwsAccount(
                values.find(REGION), values.find(ENDPOINT), identity(values), values.get(CALLS)),
            selection(values),
            values.get(EVERY)),
        new FleetMembers.Reach(values.get(ADDRESS), values.get(PORT)),
        values.find(HOOK));
  }

  private static Identity identity(Values values) {
    Optional<String> profile = values.find(PROFILE);
    Optional<String> id = values.find(KEY_ID);
    Optional<Secret> secret = values.find(SECRET_KEY);
    if (id.isPresent() != secret.isPresent()) {
      throw new IllegalArgumentException(
          "%s alone (expected: access_key_id and secret_access_key together)"
              .formatted(id.isPresent() ? "access_key_id" : "secret_access_key"));
    }
    if (id.isPresent() && profile.isPresent()) {
      throw new IllegalArgumentException(
          "profile and access_key_id (expected: one of them, or none)");
    }
    return secret
        .<Identity>map(given -> new Identity.Key(id.orElseThrow(), given))
        .or(() -> profile.map(Identity.Profile::new))
        .orElseGet(Identity.Usual::new);
  }

  private static Selection selection(Values values) {
    Optional<List<String>> groups = values.find(GROUPS).filter(names -> !names.isEmpty());
    Optional<Map<String, String>> tags = values.find(TAGS).filter(pairs -> !pairs.isEmpty());
    if (groups.isPresent() == tags.isPresent()) {
      throw new IllegalArgumentException(
          groups.isPresent()
              ? "groups and tags (expected: one of them)"
              : "neither groups nor tags (expected: one of them, such as groups: [web])");
    }
    if (groups.isPresent() && groups.get().size() > MOST_GROUPS) {
      throw new IllegalArgumentException(
          "%d groups (expected: at most %d, or tags)".formatted(groups.get().size(), MOST_GROUPS));
    }
    return groups
        .<Selection>map(names -> new Selection.Named(new TreeSet<>(names)))
        .orElseGet(() -> new Selection.Tagged(new TreeMap<>(tags.orElseThrow())));
  }

  private static String region(String text) {
    if (!text.matches("[a-z0-9-]{1,63}")) {
      throw new IllegalArgumentException("not the name of a region");
    }
    return text;
  }

  static URI endpoint(String text) {
    try {
      URI uri = new URI(text);
      if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException("not an address", wrong);
    }
    throw new IllegalArgumentException("not an address");
  }
}
