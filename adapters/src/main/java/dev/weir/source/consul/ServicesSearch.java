package dev.weir.source.consul;

import dev.weir.consul.BlockingQuery;
import dev.weir.consul.ConsulClient;
import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.follow.Follower;
import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.follow.Shared;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolsReport;
import dev.weir.source.consul.ConsulSourceType.Options;
import dev.weir.source.consul.ServiceMembers.Health;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the services of a datacenter, by one question that the agent holds. What instances a
 * service has is then asked for each on its own.
 */
final class ServicesSearch implements PoolSearch<ServicesSearch.Search, Options> {

  /** Whose names are wanted. */
  private static final Shape.Key<Rule> SERVICES =
      Shape.Key.defaulted(
          "services",
          Shape.scalar("a regular expression", ServicesSearch::rule),
          rule(".*"),
          ".*",
          "Takes services whose whole name matches this regular expression.");

  private static final Shape<Search> OPTIONS = shape();

  private final Followers<ConsulOptions, SortedMap<String, Set<String>>> followers;

  /**
   * What is looked for.
   *
   * @param tags all of which a service must have, and its instances then
   */
  record Search(ConsulOptions agent, Rule services, List<String> tags, Health health) {
    Search {
      tags = tags.stream().distinct().sorted().toList();
    }
  }

  /** A regular expression for whole names; two of the same text are equal. */
  record Rule(String text) {
    boolean matches(String name) {
      return Pattern.matches(text, name);
    }
  }

  ServicesSearch(Shared<ConsulOptions, ConsulClient> clients, Waiting waiting, Pace pace) {
    followers = new Followers<>(pace, (agent, time) -> follower(clients, waiting, agent, time));
  }

  private static Follower<SortedMap<String, Set<String>>> follower(
      Shared<ConsulOptions, ConsulClient> clients,
      Waiting waiting,
      ConsulOptions agent,
      Time time) {
    return teller -> {
      try (Shared.Lease<ConsulClient> client = clients.take(agent)) {
        new BlockingQuery(
                "/catalog/services",
                Map.of(),
                new BlockingQuery.Means(client.get(), waiting, time, ThreadLocalRandom.current()))
            .follow(body -> teller.accept(ServiceJson.services(body)));
      }
    };
  }

  private static Shape<Search> shape() {
    List<Shape.Key<?>> keys =
        new ArrayList<>(
            List.of(SourceType.AT, SERVICES, ConsulSourceType.TAGS, ConsulSourceType.HEALTH));
    keys.addAll(ConsulOptions.SHAPE.keys());
    return new Shape.Mapping<>(
        "a mapping with services, and address or at",
        keys,
        values ->
            new Search(
                ConsulOptions.SHAPE.build().apply(values),
                values.get(SERVICES),
                values.get(ConsulSourceType.TAGS),
                values.get(ConsulSourceType.HEALTH)));
  }

  @Override
  public Shape<Search> options() {
    return OPTIONS;
  }

  @Override
  public String variable() {
    return "service";
  }

  @Override
  public PoolFinder open(Search search, Time time) {
    return followers.finder(search.agent(), time, services -> pools(search, services));
  }

  private static PoolsReport pools(Search search, SortedMap<String, Set<String>> services) {
    return PoolsReport.Complete.of(
        services.entrySet().stream()
            .filter(service -> search.services().matches(service.getKey()))
            .filter(service -> service.getValue().containsAll(search.tags()))
            .map(service -> FoundPool.of(service.getKey()))
            .toList());
  }

  @Override
  public Options of(Search search, String key) {
    return new Options(new ServiceQuery(search.agent(), key, search.tags()), search.health());
  }

  private static Rule rule(String text) {
    try {
      return new Rule(Pattern.compile(text).pattern());
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription(), wrong);
    }
  }
}
