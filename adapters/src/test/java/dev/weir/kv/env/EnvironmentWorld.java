package dev.weir.kv.env;

import dev.weir.spi.KeyValueStore;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The environment of a process that is yet to be started. */
final class EnvironmentWorld implements KeyValueWorld {

  private final Map<String, String> variables = new HashMap<>(Map.of("http_proxy", "none:3128"));

  @Override
  public KeyValueStore store() {
    return new EnvironmentStore(variables);
  }

  @Override
  public String root() {
    return "/world";
  }

  @Override
  public void put(String key, String value) {
    variables.put(variable(key), value);
  }

  @Override
  public void delete(String key) {
    variables.remove(variable(key));
  }

  private static String variable(String key) {
    return key.substring(1).replace('/', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public void fail(Fault fault) {
    throw new UnsupportedOperationException("an environment is always there");
  }

  @Override
  public void heal() {
    // it never fails
  }

  @Override
  public void recreate(Map<String, String> pairs) {
    throw new UnsupportedOperationException("an environment does not change");
  }

  @Override
  public Map<Ability, String> unable() {
    return Arrays.stream(Ability.values())
        .collect(
            Collectors.toMap(
                Function.identity(), able -> "an environment neither changes nor fails"));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
