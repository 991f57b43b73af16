package dev.weir.source.aws.sdk;

import dev.weir.source.aws.AwsClient;
import dev.weir.source.aws.Group;
import dev.weir.source.aws.Hook;
import dev.weir.source.aws.Machine;
import dev.weir.source.aws.Selection;
import dev.weir.source.aws.Withheld;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Asks the services of AWS by its own SDK. */
final class SdkClient implements AwsClient {

  private static final int PAGE_OF_GROUPS = 100;
  private static final int PAGE_OF_INSTANCES = 1000;
  private static final int USUAL_TIMEOUT_SECONDS = 3600;
  private static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";

  private final Answers answers;
  private final Services services;
  private final Runnable closing;

  /** The services that are asked. */
  record Services(AutoScalingClient groups, Ec2Client instances) {}

  /**
   * @param closing what the services need and is closed after them
   */
  SdkClient(Answers answers, Services services, Runnable closing) {
    this.answers = answers;
    this.services = services;
    this.closing = closing;
  }

  @Override
  public Page<Group> groups(Selection selection, Optional<String> next)
      throws IOException, InterruptedException {
    DescribeAutoScalingGroupsRequest.Builder question =
        DescribeAutoScalingGroupsRequest.builder()
            .maxRecords(PAGE_OF_GROUPS)
            .nextToken(next.orElse(null));
    switch (selection) {
      case Selection.Named named -> question.autoScalingGroupNames(named.names());
      case Selection.Tagged tagged ->
          question.filters(
              tagged.tags().entrySet().stream()
                  .map(tag ->
                      Filter.builder().name("tag:" + tag.getKey()).values(tag.getValue()).build())
                  .toList());
    }
    DescribeAutoScalingGroupsResponse answer =
        answers.of(() -> services.groups().describeAutoScalingGroups(question.build()));
    return new Page<>(
        answer.autoScalingGroups().stream().map(SdkClient::group).toList(),
        Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty()));
  }

  private static Group group(AutoScalingGroup group) {
    return new Group(
        group.autoScalingGroupName(),
        group.instances().stream()
            .map(it ->
                new Group.Seat(
                    it.instanceId(),
                    text(it.lifecycleStateAsString()),
                    text(it.healthStatus()),
                    text(it.availabilityZone())))
            .toList());
  }

  /** By a filter: one unknown id in the list of ids would be an error for all of them. */
  @Override
  public Page<Machine> machines(SortedSet<String> instances, Optional<String> next)
      throws IOException, InterruptedException {
    DescribeInstancesResponse answer =
        answers.of(() ->
            services
                .instances()
                .describeInstances(question ->
                    question
                        .filters(
                            software.amazon.awssdk.services.ec2.model.Filter.builder()
                                .name("instance-id")
                                .values(instances)
                                .build())
                        .maxResults(PAGE_OF_INSTANCES)
                        .nextToken(next.orElse(null))));
    return new Page<>(
        answer.reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .map(SdkClient::machine)
            .toList(),
        Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty()));
  }

  private static Machine machine(Instance instance) {
    TreeMap<String, String> tags = new TreeMap<>();
    for (Tag tag : instance.tags()) {
      tags.put(text(tag.key()), text(tag.value()));
    }
    return new Machine(
        instance.instanceId(),
        text(instance.instanceTypeAsString()),
        new Machine.Addresses(
            given(instance.privateIpAddress()),
            given(instance.publicIpAddress()),
            given(instance.ipv6Address()).or(() -> firstIpv6(instance))),
        tags);
  }

  private static Optional<String> firstIpv6(Instance instance) {
    return instance.networkInterfaces().stream()
        .flatMap(net -> net.ipv6Addresses().stream())
        .map(address -> address.ipv6Address())
        .findFirst();
  }

  @Override
  public List<Hook> hooks(String group) throws IOException, InterruptedException {
    return answers
        .of(() ->
            services
                .groups()
                .describeLifecycleHooks(question -> question.autoScalingGroupName(group)))
        .lifecycleHooks()
        .stream()
        .filter(hook -> TERMINATING.equals(hook.lifecycleTransition()))
        .map(SdkClient::hook)
        .toList();
  }

  private static Hook hook(LifecycleHook hook) {
    Integer seconds = hook.heartbeatTimeout();
    return new Hook(
        hook.lifecycleHookName(),
        Duration.ofSeconds(seconds == null ? USUAL_TIMEOUT_SECONDS : seconds));
  }

  @Override
  public void heartbeat(Withheld withheld) throws IOException, InterruptedException {
    Object ignored =
        answers.of(() ->
            services
                .groups()
                .recordLifecycleActionHeartbeat(message ->
                    message
                        .autoScalingGroupName(withheld.group())
                        .lifecycleHookName(withheld.hook())
                        .instanceId(withheld.instance())));
  }

  @Override
  public void complete(Withheld withheld) throws IOException, InterruptedException {
    Object ignored =
        answers.of(() ->
            services
                .groups()
                .completeLifecycleAction(message ->
                    message
                        .autoScalingGroupName(withheld.group())
                        .lifecycleHookName(withheld.hook())
                        .instanceId(withheld.instance())
                        .lifecycleActionResult("CONTINUE")));
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(it -> !it.isEmpty());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public void close() {
    services.groups().close();
    services.instances().close();
    closing.run();
  }
}
