package dev.weir.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.secret.Secret;
import dev.weir.source.aws.AwsAsgSourceType.Options;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import dev.weir.testkit.WatchedSource;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How groups are configured. */
class AwsAsgSourceTypeTest {

  private static Values.Builder some() {
    return new Values.Builder()
        .put(AwsAsgSourceType.CALLS, 60)
        .put(AwsAsgSourceType.PORT, 80)
        .put(AwsAsgSourceType.ADDRESS, FleetMembers.Choice.PRIVATE)
        .put(AwsAsgSourceType.EVERY, Duration.ofSeconds(10));
  }

  private static Options build(Values.Builder values) {
    return AwsAsgSourceType.OPTIONS.build().apply(values.build());
  }

  @Test
  void theOrderOfGroupsDoesNotMatter() {
    Options one = build(some().put(AwsAsgSourceType.GROUPS, List.of("blue", "green")));
    Options other = build(some().put(AwsAsgSourceType.GROUPS, List.of("green", "blue", "blue")));
    assertThat(one).isEqualTo(other);
    assertThat(one.question()).hasToString("AWS, groups blue, green");
  }

  @Test
  void neitherNamesNorTagsIsAnErrorAndSoAreBoth() {
    assertThatThrownBy(() -> build(some())).hasMessageStartingWith("neither groups nor tags");
    Values.Builder both =
        some()
            .put(AwsAsgSourceType.GROUPS, List.of("blue"))
            .put(AwsAsgSourceType.TAGS, Map.of("role", "web"));
    assertThatThrownBy(() -> build(both)).hasMessageStartingWith("groups and tags");
    Values.Builder many = some().put(AwsAsgSourceType.GROUPS, Collections.nCopies(51, "blue"));
    assertThatThrownBy(() -> build(many)).hasMessage("51 groups (expected: at most 50, or tags)");
  }

  @Test
  void aKeyNeedsBothOfItsParts() {
    Values.Builder half =
        some()
            .put(AwsAsgSourceType.GROUPS, List.of("blue"))
            .put(AwsAsgSourceType.SECRET_KEY, new Secret.Environment("SECRET"));
    assertThatThrownBy(() -> build(half))
        .hasMessageStartingWith("secret_access_key alone (expected: access_key_id and");
    assertThatThrownBy(() ->
            build(half.put(AwsAsgSourceType.KEY_ID, "AK").put(AwsAsgSourceType.PROFILE, "ops")))
        .hasMessageStartingWith("profile and access_key_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:80", "ftp://x", "http://", "http://u@x", "http://x?y", "::"})
  void anEndpointThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> AwsAsgSourceType.endpoint(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEndpointIsAnAddress() {
    assertThat(AwsAsgSourceType.endpoint("http://127.0.0.1:5000"))
        .isEqualTo(URI.create("http://127.0.0.1:5000"));
  }

  @Test
  void withoutThePlugInTheSourceSaysWhatToDo() throws Exception {
    Options options = build(some().put(AwsAsgSourceType.GROUPS, List.of("blue")));
    PoolId pool = new PoolId("shop");
    SourceType.Context context =
        new SourceType.Context(pool, SourceName.of(pool, "aws_asg"), Time.SYSTEM);
    try (WatchedSource watched =
        WatchedSource.start(
            new AwsAsgSourceType().open(options, context), Duration.ofSeconds(20))) {
      Unavailable unavailable = watched.awaitUnavailable(0);
      assertThat(unavailable.reason()).contains("plug-in aws").contains("weir.plugins");
    }
  }
}
