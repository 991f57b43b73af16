package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whom an override concerns. */
class TargetTest {
  private static final PoolId WEB = new PoolId("web");
  private static final PoolId API = new PoolId("api");
  private final Member member = member(WEB, Map.of("host", "web7", "zone", "a"));

  @Test
  void oneMemberIsMeantByItsIdentity() {
    Target one = new Target.One(member.id());

    assertThat(one.matches(member.withWeight(9).withName("other"))).isTrue();
    assertThat(one.matches(member(API, Map.of()))).isFalse();
    assertThat(one.onlyPool()).contains(WEB);
  }

  @Test
  void aSelectorMeansMembersThatHaveAllItsLabels() {
    Target inPool = new Target.InPool(WEB, labels(Map.of("host", "web7")));

    assertThat(inPool.matches(member)).isTrue();
    assertThat(inPool.matches(member(API, Map.of("host", "web7")))).isFalse();
    assertThat(inPool.matches(member(WEB, Map.of("host", "web8")))).isFalse();
    assertThat(inPool.matches(member(WEB, Map.of("zone", "a")))).isFalse();
    assertThat(inPool.onlyPool()).contains(WEB);
  }

  @Test
  void everywhereMeansMembersOfEveryPool() {
    Target everywhere = new Target.Everywhere(labels(Map.of("host", "web7", "zone", "a")));

    assertThat(everywhere.matches(member)).isTrue();
    assertThat(everywhere.matches(member(API, Map.of("host", "web7", "zone", "a")))).isTrue();
    assertThat(everywhere.matches(member(API, Map.of("host", "web7")))).isFalse();
    assertThat(everywhere.onlyPool()).isEmpty();
  }

  @Test
  void noLabelsMeanTheWholePool() {
    assertThat(new Target.InPool(WEB, labels(Map.of())).matches(member)).isTrue();
  }

  private static Member member(PoolId pool, Map<String, String> labels) {
    MemberId id = new MemberId(pool, Address.parse("10.0.0.1:80"));
    return Member.of(id, SourceName.of(pool, "file")).withLabels(labels(labels));
  }

  private static SortedMap<String, String> labels(Map<String, String> labels) {
    return new TreeMap<>(labels);
  }
}
