package dev.weir.source.aws;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.secret.Secret;
import dev.weir.source.aws.AwsAccount.Identity;
import dev.weir.source.aws.FleetMembers.Choice;
import dev.weir.source.aws.FleetMembers.Reach;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What tests with the services have in common. */
final class Aws {

  static final String REGION = "us-east-1";
  static final String KEY = "AKIDEXAMPLE";
  static final Pace HASTY = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));
  static final Duration ANSWER = Duration.ofMillis(1500);
  static final PoolId POOL = new PoolId("shop");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "aws_asg"), Time.SYSTEM);

  private static final int CALLS = 6000;

  private Aws() {}

  /** An account at this port on loopback. */
  static AwsAccount account(int port) {
    return new AwsAccount(
        Optional.of(REGION),
        Optional.of(URI.create("http://127.0.0.1:" + port)),
        new Identity.Key(KEY, new Secret.InFile(Path.of("/proc/sys/kernel/ostype"))),
        CALLS);
  }

  /** A source of these groups, in haste. */
  static AwsAsgSourceType.Options options(int port, String... groups) {
    return new AwsAsgSourceType.Options(
        new FleetQuestion(
            account(port),
            new Selection.Named(new TreeSet<>(List.of(groups))),
            Duration.ofMillis(30)),
        new Reach(Choice.PRIVATE, 80),
        Optional.empty());
  }
}
