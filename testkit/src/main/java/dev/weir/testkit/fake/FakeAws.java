package dev.weir.testkit.fake;

import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.fake.FakeHttp.Answer;
import dev.weir.testkit.fake.FakeHttp.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Auto Scaling and EC2 as far as groups of instances go, spoken to by the query protocol, and
 * faithful to what clients trip over: answers come in pages whatever size was asked for; an unknown
 * id in a list of ids is an error for all of it, in a filter it is nothing; a filter takes 200
 * values; too many calls are errors of their own, one kind for each service; wrong keys too; an
 * instance that a hook holds back stays in {@code Terminating:Wait} until the hook is completed.
 * Safe for any thread.
 */
public final class FakeAws implements AutoCloseable {

  private static final int MOST_VALUES = 200;
  private static final String SCALING = "2011-01-01";

  private final FakeHttp http;
  private final SortedMap<String, Group> groups = new TreeMap<>(); // guarded by this
  private final SortedMap<String, Instance> instances = new TreeMap<>(); // guarded by this
  private final List<String> completed = new ArrayList<>(); // guarded by this
  private final List<String> heartbeats = new ArrayList<>(); // guarded by this
  private Optional<String> key = Optional.empty(); // guarded by this
  private int pageSize = 2; // guarded by this
  private int throttled; // guarded by this
  private int made; // guarded by this
  private int calls; // guarded by this

  /** A group; its instances are those that name it. */
  private record Group(String name, SortedMap<String, String> tags, Optional<String> hook) {}

  /**
   * An instance.
   *
   * @param group its group; empty: none
   * @param tags its own
   */
  public record Instance(
      String id,
      String group,
      String lifecycle,
      String health,
      String address,
      Map<String, String> tags) {

    /** The same in another state of its life. */
    public Instance in(String other) {
      return new Instance(id, group, other, health, address, tags);
    }

    /** The same with this health. */
    public Instance health(String other) {
      return new Instance(id, group, lifecycle, other, address, tags);
    }

    /** The same with these tags. */
    public Instance tagged(Map<String, String> others) {
      return new Instance(id, group, lifecycle, health, address, others);
    }
  }

  public FakeAws(int port) {
    this.http = new FakeHttp(port, this::answer);
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

  /** Wants this access key of everybody; what it signs is not looked at. */
  public synchronized void guard(String id) {
    key = Optional.of(id);
  }

  /** So many groups or instances fit into an answer. */
  public synchronized void pages(int size) {
    pageSize = size;
  }

  /** The next calls are too many. */
  public synchronized void throttle(int next) {
    throttled = next;
  }

  /** Makes a group, or gives it other tags. */
  public synchronized void group(String name, Map<String, String> tags) {
    groups.put(name, new Group(name, new TreeMap<>(tags), hookOf(name)));
  }

  /** The group has a hook that holds back instances which terminate. */
  public synchronized void hook(String group, String hook) {
    groups.put(group, new Group(group, tags(group), Optional.of(hook)));
  }

  /** A healthy instance in service. */
  public static Instance serving(String id, String group, String address) {
    return new Instance(id, group, "InService", "Healthy", address, Map.of());
  }

  /** Sets an instance, in place of the one of its id. */
  public synchronized void put(Instance instance) {
    instances.put(instance.id(), instance);
  }

  /** An instance is no more. */
  public synchronized void remove(String id) {
    instances.remove(id);
  }

  /** How many calls there have been, those that were too many among them. */
  public synchronized int calls() {
    return calls;
  }

  /** The ids of instances whose hook was completed, each time. */
  public synchronized List<String> completed() {
    return List.copyOf(completed);
  }

  /** The ids of instances for which the hook was told to wait, each time. */
  public synchronized List<String> heartbeats() {
    return List.copyOf(heartbeats);
  }

  private synchronized Answer answer(Question question) {
    calls++;
    QueryForm form = QueryForm.of(question.body());
    boolean scaling = form.get("Version").equals(SCALING);
    if (key.isPresent()
        && !question
            .headers()
            .getOrDefault("authorization", "")
            .contains("Credential=" + key.get() + "/")) {
      return scaling
          ? AwsXml.error(403, "InvalidClientTokenId", "The security token is invalid.")
          : AwsXml.ec2Error(401, "AuthFailure", "AWS was not able to validate the credentials");
    }
    if (throttled > 0) {
      throttled--;
      return scaling
          ? AwsXml.error(400, "Throttling", "Rate exceeded")
          : AwsXml.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.");
    }
    return scaling ? scaling(form) : ec2(form);
  }

  private Answer scaling(QueryForm form) {
    String action = form.get("Action");
    String group = form.get("AutoScalingGroupName");
    String instance = form.get("InstanceId");
    return switch (action) {
      case "DescribeAutoScalingGroups" -> groups(form);
      case "DescribeLifecycleHooks" -> hooks(group);
      case "RecordLifecycleActionHeartbeat" -> held(action, instance, heartbeats);
      case "CompleteLifecycleAction" -> {
        Answer answer = held(action, instance, completed);
        if (answer.status() == 200) {
          instances.remove(instance);
        }
        yield answer;
      }
      case "CreateLaunchConfiguration", "DeleteLaunchConfiguration", "CreateOrUpdateTags" ->
          AwsXml.done(action, "");
      case "CreateAutoScalingGroup" -> {
        group(group, Map.of());
        yield AwsXml.done(action, "");
      }
      case "DeleteAutoScalingGroup" -> {
        groups.remove(group);
        instances.values().removeIf(it -> it.group().equals(group));
        yield AwsXml.done(action, "");
      }
      case "SetDesiredCapacity" -> {
        grow(group, Integer.parseInt(form.get("DesiredCapacity")));
        yield AwsXml.done(action, "");
      }
      case "TerminateInstanceInAutoScalingGroup" -> {
        terminate(instance);
        yield AwsXml.done(action, "<Activity/>");
      }
      default -> AwsXml.error(400, "InvalidAction", "Could not find operation " + action);
    };
  }

  private void grow(String group, int size) {
    while (instances.values().stream().filter(it -> it.group().equals(group)).count() < size) {
      made++;
      put(
          serving(
              "i-%017x".formatted(made),
              group,
              "10.1.%d.%d".formatted(made / 250, made % 250 + 1)));
    }
  }

  private void terminate(String id) {
    Instance instance = instances.get(id);
    if (instance != null && hookOf(instance.group()).isPresent()) {
      put(instance.in("Terminating:Wait"));
    } else {
      remove(id);
    }
  }

  private Answer held(String action, String id, List<String> told) {
    Instance instance = instances.get(id);
    if (instance == null || !instance.lifecycle().equals("Terminating:Wait")) {
      return AwsXml.error(
          400, "ValidationError", "No active Lifecycle Action found with instance " + id);
    }
    told.add(id);
    return AwsXml.done(action, "");
  }

  private Answer groups(QueryForm form) {
    List<String> names = form.list("AutoScalingGroupNames.member.");
    SortedMap<String, String> tags = new TreeMap<>();
    for (int i = 1; form.has("Filters.member.%d.Name".formatted(i)); i++) {
      tags.put(
          form.get("Filters.member.%d.Name".formatted(i)).replaceFirst("^tag:", ""),
          form.get("Filters.member.%d.Values.member.1".formatted(i)));
    }
    List<Group> found =
        groups.values().stream()
            .filter(group -> names.isEmpty() || names.contains(group.name()))
            .filter(group -> group.tags().entrySet().containsAll(tags.entrySet()))
            .toList();
    Page<Group> page = page(found, form.get("NextToken"));
    String members = page.items().stream().map(this::xml).collect(Collectors.joining("", "", ""));
    return AwsXml.done(
        "DescribeAutoScalingGroups",
        "<AutoScalingGroups>%s</AutoScalingGroups>%s".formatted(members, page.next("NextToken")));
  }

  private String xml(Group group) {
    String members =
        instances.values().stream()
            .filter(instance -> instance.group().equals(group.name()))
            .map(instance ->
                "<member>"
                    + AwsXml.element("InstanceId", instance.id())
                    + AwsXml.element("LifecycleState", instance.lifecycle())
                    + AwsXml.element("HealthStatus", instance.health())
                    + AwsXml.element("AvailabilityZone", "eu-west-1a")
                    + "</member>")
            .collect(Collectors.joining());
    return "<member>%s<Instances>%s</Instances></member>"
        .formatted(AwsXml.element("AutoScalingGroupName", group.name()), members);
  }

  private Answer hooks(String group) {
    String members =
        hookOf(group)
            .map(hook ->
                "<member>"
                    + AwsXml.element("LifecycleHookName", hook)
                    + AwsXml.element("AutoScalingGroupName", group)
                    + AwsXml.element("LifecycleTransition", "autoscaling:EC2_INSTANCE_TERMINATING")
                    + AwsXml.element("HeartbeatTimeout", "30")
                    + "</member>")
            .orElse("");
    return AwsXml.done(
        "DescribeLifecycleHooks", "<LifecycleHooks>%s</LifecycleHooks>".formatted(members));
  }

  private Answer ec2(QueryForm form) {
    if (!form.get("Action").equals("DescribeInstances")) {
      return AwsXml.ec2Error(400, "InvalidAction", form.get("Action"));
    }
    List<String> ids = form.list("InstanceId.");
    List<String> filtered = form.list("Filter.1.Value.");
    for (String id : ids) {
      if (!instances.containsKey(id)) {
        return AwsXml.ec2Error(400, "InvalidInstanceID.NotFound", "The instance ID " + id);
      }
    }
    if (filtered.size() > MOST_VALUES) {
      return AwsXml.ec2Error(
          400, "FilterLimitExceeded", "The maximum number of filter values is 200");
    }
    Set<String> wanted = Set.copyOf(ids.isEmpty() ? filtered : ids);
    List<Instance> found =
        instances.values().stream().filter(instance -> wanted.contains(instance.id())).toList();
    Page<Instance> page = page(found, form.get("NextToken"));
    return Answer.ok(
        "<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
            + "<requestId>fake</requestId><reservationSet><item><instancesSet>"
            + page.items().stream().map(AwsXml::xml).collect(Collectors.joining())
            + "</instancesSet></item></reservationSet>"
            + page.next("nextToken")
            + "</DescribeInstancesResponse>");
  }

  /** A part of what was found, and where the next begins; below 0: nowhere. */
  private record Page<T>(List<T> items, int begin) {
    String next(String element) {
      return begin < 0 ? "" : AwsXml.element(element, Integer.toString(begin));
    }
  }

  private <T> Page<T> page(List<T> all, String token) {
    int from = token.isEmpty() ? 0 : Math.min(all.size(), Integer.parseInt(token));
    int to = Math.min(all.size(), from + pageSize);
    return new Page<>(all.subList(from, to), to < all.size() ? to : -1);
  }

  private Optional<String> hookOf(String group) {
    return Optional.ofNullable(groups.get(group)).flatMap(Group::hook);
  }

  private SortedMap<String, String> tags(String group) {
    return groups.containsKey(group) ? groups.get(group).tags() : new TreeMap<>();
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
