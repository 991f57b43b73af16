package dev.weir.source.consul;

import dev.weir.consul.ConsulOptions;
import java.util.List;

/**
 * Which service is asked for, and where.
 *
 * @param tags all of which an instance must have
 */
public record ServiceQuery(ConsulOptions agent, String service, List<String> tags) {

  public ServiceQuery {
    tags = tags.stream().distinct().sorted().toList();
    if (service.isBlank()) {
      throw new IllegalArgumentException("service: \"\" (expected: the name of a service)");
    }
  }

  @Override
  public String toString() {
    return agent + " " + service + (tags.isEmpty() ? "" : " " + tags);
  }
}
