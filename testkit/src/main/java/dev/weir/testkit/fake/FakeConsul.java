package dev.weir.testkit.fake;

import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.fake.FakeHttp.Answer;
import dev.weir.testkit.fake.FakeHttp.Question;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Consul agent as far as discovery and keys go, faithful to what clients trip over: questions
 * with an index are held until it is passed or the wait, with up to a sixteenth more, is over;
 * every change of anything raises one common index, so that questions also return with nothing new;
 * what does not exist is an empty list, or 404 for keys, with an index; wrong tokens are 403 with a
 * line of text; what a token may not see is left out of a good answer, which a header tells. Safe
 * for any thread.
 */
public final class FakeConsul implements AutoCloseable {

  private final FakeHttp http;
  private final RandomGenerator random;
  private final SortedMap<String, Instance> instances = new TreeMap<>(); // guarded by this
  private final SortedMap<String, String> keys = new TreeMap<>(); // guarded by this
  private Optional<String> token = Optional.empty(); // guarded by this
  private long index = 10; // guarded by this
  private boolean hidden; // guarded by this

  /**
   * An instance of a service.
   *
   * @param serviceAddress empty: that of the node
   * @param meta in JSON
   * @param checks each {@code CheckID=status}
   */
  public record Instance(
      String service,
      String id,
      String serviceAddress,
      int port,
      List<String> tags,
      long weight,
      String meta,
      List<String> checks) {

    /** An instance that passes its checks. */
    public static Instance passing(String service, String id, String address, int port) {
      return new Instance(
          service, id, address, port, List.of(), 1, "{}", List.of("serfHealth=passing"));
    }

    /** The same with these tags. */
    public Instance tagged(String... others) {
      return new Instance(service, id, serviceAddress, port, List.of(others), weight, meta, checks);
    }

    /** The same with these checks. */
    public Instance checked(String... others) {
      return new Instance(service, id, serviceAddress, port, tags, weight, meta, List.of(others));
    }

    /** The same with this weight. */
    public Instance weighing(long other) {
      return new Instance(service, id, serviceAddress, port, tags, other, meta, checks);
    }
  }

  public FakeConsul(int port, RandomGenerator random) {
    this.http = new FakeHttp(port, this::answer);
    this.random = random;
  }

  /** The server, for its questions. */
  public FakeHttp http() {
    return http;
  }

  /** Works from now on. */
  public void start() throws IOException {
    http.start();
  }

  /** Fails from now on. */
  public void fail(Fault fault) throws IOException {
    http.fail(fault);
  }

  /** Wants this token of everybody. */
  public synchronized void guard(String secret) {
    token = Optional.of(secret);
  }

  /** Hides everything from everybody, as a token does that may read nothing. */
  public synchronized void hide() {
    hidden = true;
    changed();
  }

  /** Registers an instance, in place of the one of its id. */
  public synchronized void register(Instance instance) {
    instances.put(instance.id(), instance);
    changed();
  }

  /** Takes an instance away. */
  public synchronized void deregister(String id) {
    instances.remove(id);
    changed();
  }

  /** Writes a key, without a slash in front. */
  public synchronized void put(String key, String value) {
    keys.put(key, value);
    changed();
  }

  /** Takes a key away. */
  public synchronized void delete(String key) {
    keys.remove(key);
    changed();
  }

  /** Something happens that concerns nobody. */
  public synchronized void stir() {
    changed();
  }

  /** Loses everything, and the index starts over. */
  public synchronized void rewind() throws IOException {
    instances.clear();
    keys.clear();
    index = 1;
    notifyAll();
    http.cut();
  }

  private void changed() {
    index++;
    notifyAll();
  }

  private synchronized Answer answer(Question question) throws InterruptedException {
    if (token.isPresent()
        && !token.get().equals(question.headers().getOrDefault("x-consul-token", ""))) {
      return new Answer(403, Map.of(), "Permission denied");
    }
    String[] parts = question.path().split("\\?", 2);
    if (!question.method().equals("GET")) {
      return change(question.method(), parts[0], question.body());
    }
    List<String> query = parts.length < 2 ? List.of() : Arrays.asList(parts[1].split("&"));
    hold(query);
    Map<String, String> headers = Map.of("X-Consul-Index", Long.toString(index));
    if (hidden) {
      return new Answer(
          200,
          Map.of(
              "X-Consul-Index", Long.toString(index), "X-Consul-Results-Filtered-By-ACLs", "true"),
          "[]");
    }
    if (parts[0].startsWith("/v1/health/service/")) {
      return new Answer(200, headers, health(decoded(parts[0].substring(19)), query));
    }
    if (parts[0].equals("/v1/catalog/services")) {
      return new Answer(200, headers, services());
    }
    if (parts[0].startsWith("/v1/kv/")) {
      String found = pairs(decoded(parts[0].substring(7)));
      return new Answer(found.equals("[]") ? 404 : 200, headers, found.equals("[]") ? "" : found);
    }
    return new Answer(404, Map.of(), "Invalid URL path: not a recognized HTTP API endpoint");
  }

  /** What an agent's owner asks of it: services and keys come and go. */
  private Answer change(String method, String path, String body) {
    if (path.equals("/v1/agent/service/register")) {
      register(
          Instance.passing(field(body, "Name"), field(body, "ID"), field(body, "Address"), 80));
    } else if (path.startsWith("/v1/agent/service/deregister/")) {
      deregister(decoded(path.substring(29)));
    } else if (path.startsWith("/v1/kv/") && method.equals("PUT")) {
      put(decoded(path.substring(7)), body);
    } else if (path.startsWith("/v1/kv/") && method.equals("DELETE")) {
      keys.keySet().removeIf(key -> key.startsWith(decoded(path.substring(7))));
      changed();
    } else {
      return new Answer(405, Map.of(), "method %s not allowed".formatted(method));
    }
    return new Answer(200, Map.of(), "true");
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(name)).matcher(json);
    return found.find() ? found.group(1) : "";
  }

  private void hold(List<String> query) throws InterruptedException {
    long seen = value(query, "index").map(Long::parseLong).orElse(0L);
    long millis = value(query, "wait").map(FakeConsul::millis).orElse(300_000L);
    long end = System.nanoTime() + (millis + random.nextLong(millis / 16 + 1)) * 1_000_000;
    while (seen > 0 && index <= seen && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }

  private static long millis(String wait) {
    return Long.parseLong(wait.replaceFirst("ms$", ""));
  }

  /** Every service with the tags of all its instances. */
  private String services() {
    SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
    instances
        .values()
        .forEach(instance ->
            tags.computeIfAbsent(instance.service(), s -> new TreeSet<>()).addAll(instance.tags()));
    return tags.entrySet().stream()
        .map(service ->
            quoted(service.getKey())
                + service.getValue().stream()
                    .map(FakeConsul::quoted)
                    .collect(Collectors.joining(",", ":[", "]")))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String health(String service, List<String> query) {
    List<String> tags =
        query.stream().filter(p -> p.startsWith("tag=")).map(p -> decoded(p.substring(4))).toList();
    return instances.values().stream()
        .filter(instance -> instance.service().equals(service))
        .filter(instance -> instance.tags().containsAll(tags))
        .map(FakeConsul::json)
        .toList()
        .toString();
  }

  private static String json(Instance instance) {
    List<String> checks = new ArrayList<>();
    for (String check : instance.checks()) {
      int equals = check.lastIndexOf('=');
      checks.add(
          "{\"CheckID\":\"%s\",\"Status\":\"%s\"}"
              .formatted(check.substring(0, equals), check.substring(equals + 1)));
    }
    return """
    {"Node":{"Node":"node-1","Address":"10.9.9.9","Datacenter":"dc1"},
     "Service":{"ID":"%s","Service":"%s","Tags":[%s],"Address":"%s","Port":%d,"Meta":%s,
                "Weights":{"Passing":%d,"Warning":1}},
     "Checks":%s}\
    """
        .formatted(
            instance.id(),
            instance.service(),
            instance.tags().stream().map(t -> "\"" + t + "\"").collect(Collectors.joining(",")),
            instance.serviceAddress(),
            instance.port(),
            instance.meta(),
            instance.weight(),
            checks);
  }

  private String pairs(String prefix) {
    return keys.entrySet().stream()
        .filter(pair -> pair.getKey().startsWith(prefix))
        .map(pair ->
            "{\"Key\":%s,\"Value\":%s,\"ModifyIndex\":%d}"
                .formatted(
                    quoted(pair.getKey()),
                    pair.getValue().isEmpty() ? "null" : quoted(base64(pair.getValue())),
                    index))
        .toList()
        .toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Optional<String> value(List<String> query, String name) {
    return query.stream()
        .filter(parameter -> parameter.startsWith(name + "="))
        .map(parameter -> decoded(parameter.substring(name.length() + 1)))
        .findFirst();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
