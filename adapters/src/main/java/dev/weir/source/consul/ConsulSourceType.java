package dev.weir.source.consul;

import dev.weir.consul.BlockingQuery;
import dev.weir.consul.ConsulClient;
import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.follow.Follower;
import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.follow.Shared;
import dev.weir.source.consul.ServiceMembers.Health;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** The {@code consul} source: the instances of a service. */
public final class ConsulSourceType implements SourceType<ConsulSourceType.Options> {

  /** Whose instances. */
  static final Shape.Key<String> SERVICE =
      Shape.Key.required("service", Shape.text("the name of a service"), "Whose instances.");

  /** What instances must have. */
  static final Shape.Key<List<String>> TAGS =
      Shape.Key.defaulted(
          "tags",
          Shape.listOf(Shape.text("a tag")),
          List.of(),
          "[]",
          "Takes only instances that have all of these tags.");

  /** What the checks of instances must say. */
  static final Shape.Key<Health> HEALTH =
      Shape.Key.defaulted(
          "health",
          Shape.choice(Health.class),
          Health.PASSING,
          "passing",
          "`passing` takes instances whose checks in Consul all pass, `any` takes all of them; one"
              + " in maintenance drains either way.");

  private static final Shape<Options> OPTIONS = shape();

  private final Waiting waiting;
  private final Shared<ConsulOptions, ConsulClient> clients =
      new Shared<>(ConsulClient::new, ConsulClient::close);
  private final Followers<ServiceQuery, List<Instance>> followers;
  private final ServicesSearch search;

  /**
   * What it is told.
   *
   * @param query what is asked
   * @param health which instances are members
   */
  public record Options(ServiceQuery query, Health health) {}

  public ConsulSourceType() {
    this(Waiting.USUAL, Pace.USUAL);
  }

  ConsulSourceType(Waiting waiting, Pace pace) {
    this.waiting = waiting;
    this.followers = new Followers<>(pace, this::follower);
    this.search = new ServicesSearch(clients, waiting, pace);
  }

  private static Shape<Options> shape() {
    List<Shape.Key<?>> keys = new ArrayList<>(List.of(AT, SERVICE, TAGS, HEALTH));
    keys.addAll(ConsulOptions.SHAPE.keys());
    return new Shape.Mapping<>(
        "a mapping with service, and address or at",
        keys,
        values ->
            new Options(
                new ServiceQuery(
                    ConsulOptions.SHAPE.build().apply(values),
                    values.get(SERVICE),
                    values.get(TAGS)),
                values.get(HEALTH)));
  }

  @Override
  public String name() {
    return "consul";
  }

  @Override
  public Shape<Options> options() {
    return OPTIONS;
  }

  @Override
  public List<Shape.Key<?>> connection() {
    return ConsulOptions.SHAPE.keys();
  }

  @Override
  public Source open(Options options, Context context) {
    ServiceMembers members = new ServiceMembers(options.health(), context);
    return followers.source(options.query(), context.time(), members::report);
  }

  @Override
  public Optional<PoolSearch<?, Options>> search() {
    return Optional.of(search);
  }

  ServicesSearch services() {
    return search;
  }

  private Follower<List<Instance>> follower(ServiceQuery query, Time time) {
    Map<String, String> parameters = new TreeMap<>();
    query.tags().forEach(tag -> parameters.put("tag " + parameters.size(), tag));
    String path = "/health/service/" + ConsulClient.encoded(query.service());
    return teller -> {
      try (Shared.Lease<ConsulClient> client = clients.take(query.agent())) {
        new BlockingQuery(
                path,
                parameters,
                new BlockingQuery.Means(client.get(), waiting, time, ThreadLocalRandom.current()))
            .follow(body -> teller.accept(ServiceJson.instances(body)));
      }
    };
  }
}
