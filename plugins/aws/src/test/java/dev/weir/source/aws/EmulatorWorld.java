package dev.weir.source.aws;

import dev.weir.model.Member;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.source.aws.sdk.SdkClients;
import dev.weir.spi.Source;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.fake.FakeAws;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Relay;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/**
 * The instances of a group of its own at services that are used by their interface alone, behind a
 * port that can fail: the emulator that {@code WEIR_TEST_AWS_ENDPOINT} names, else the stand-in.
 */
final class EmulatorWorld implements SourceWorld {

  private static final int MOST = 1000;

  private final Optional<FakeAws> standIn;
  private final Relay relay;
  private final AutoScalingClient owner;
  private final String group = "weir-test-" + FreePorts.one() + "-" + System.nanoTime();

  /** The ids of members by name; guarded by this, so that no report is read half-way. */
  private final Map<String, String> ids = new HashMap<>();

  private int stirs;

  EmulatorWorld() throws IOException {
    Optional<URI> named =
        Optional.ofNullable(System.getenv("WEIR_TEST_AWS_ENDPOINT"))
            .filter(text -> !text.isBlank())
            .map(URI::create);
    standIn = named.isPresent() ? Optional.empty() : Optional.of(new FakeAws(FreePorts.one()));
    if (standIn.isPresent()) {
      standIn.get().start();
    }
    int port = named.map(URI::getPort).or(() -> standIn.map(it -> it.http().port())).orElseThrow();
    relay = new Relay(FreePorts.one(), port);
    relay.work();
    owner = owner(port);
    var _ =
        owner.createLaunchConfiguration(it ->
            it.launchConfigurationName(group).imageId("ami-12c6146b").instanceType("t2.micro"));
    var _ =
        owner.createAutoScalingGroup(it ->
            it.autoScalingGroupName(group)
                .launchConfigurationName(group)
                .availabilityZones(Aws.REGION + "a")
                .minSize(0)
                .desiredCapacity(0)
                .maxSize(MOST));
  }

  private static AutoScalingClient owner(int port) {
    return AutoScalingClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.of(Aws.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(Aws.KEY, "secret")))
        .httpClient(UrlConnectionHttpClient.builder().build())
        .overrideConfiguration(it -> it.putHeader("Connection", "close"))
        .build();
  }

  @Override
  public Source source() {
    Source source =
        new AwsAsgSourceType(
                account -> new SdkClients().open(account, Aws.ANSWER), Aws.HASTY, Aws.HASTY)
            .open(Aws.options(relay.port(), group), Aws.CONTEXT);
    return sink -> source.watch(report -> sink.report(named(report)));
  }

  /** Members by the names that the contract knows them by. */
  private synchronized SourceReport named(SourceReport report) {
    Map<String, String> names = new HashMap<>();
    ids.forEach((name, id) -> names.put(id, name));
    return report instanceof Complete complete
        ? new Complete(
            complete.members().stream().map(member -> named(member, names)).toList(),
            complete.absence(),
            complete.ended(),
            complete.remarks())
        : report;
  }

  private static Member named(Member member, Map<String, String> names) {
    return member.withName(names.getOrDefault(member.name().orElseThrow(), "strange"));
  }

  @Override
  public synchronized void hold(List<String> names) throws IOException {
    relay.work();
    for (String former : Set.copyOf(ids.keySet())) {
      if (!names.contains(former)) {
        var _ =
            owner.terminateInstanceInAutoScalingGroup(
                it -> it.instanceId(ids.get(former)).shouldDecrementDesiredCapacity(true));
        ids.remove(former);
      }
    }
    for (String name : names) {
      if (!ids.containsKey(name)) {
        ids.put(name, grown());
      }
    }
  }

  /** The id of an instance more. */
  private String grown() {
    int size = ids.size() + 1;
    var _ = owner.setDesiredCapacity(it -> it.autoScalingGroupName(group).desiredCapacity(size));
    long deadline = System.nanoTime() + patience().toNanos();
    while (System.nanoTime() < deadline) {
      AutoScalingGroup now =
          owner
              .describeAutoScalingGroups(it -> it.autoScalingGroupNames(group))
              .autoScalingGroups()
              .getFirst();
      Set<String> strange =
          new TreeSet<>(now.instances().stream().map(Instance::instanceId).toList());
      strange.removeAll(ids.values());
      if (!strange.isEmpty()) {
        return strange.iterator().next();
      }
    }
    throw new AssertionError("the group does not grow to " + size);
  }

  @Override
  public void fail(Fault fault) throws IOException {
    relay.fail(fault);
  }

  @Override
  public void stir() {
    String value = Integer.toString(++stirs);
    Tag tag =
        Tag.builder()
            .resourceId(group)
            .resourceType("auto-scaling-group")
            .key("stir")
            .value(value)
            .propagateAtLaunch(false)
            .build();
    var _ = owner.createOrUpdateTags(it -> it.tags(tag));
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("there is no index");
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(Ability.REWIND, "there is no index");
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void close() throws IOException {
    relay.close();
    var _ = owner.deleteAutoScalingGroup(it -> it.autoScalingGroupName(group).forceDelete(true));
    var _ = owner.deleteLaunchConfiguration(it -> it.launchConfigurationName(group));
    owner.close();
    if (standIn.isPresent()) {
      standIn.get().close();
    }
  }
}
