package dev.weir.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.Split;
import dev.weir.model.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Shares of groups as weights, whatever their sizes. */
class SharesProperties {

  private static final Split TEN = split(Map.of("green", 10.0));

  private static Split split(Map<String, Double> shares) {
    return new Split("color", new TreeMap<>(shares));
  }

  private static List<Member> group(String color, int from, int count) {
    List<Member> members = new ArrayList<>();
    for (int n = from; n < from + count; n++) {
      members.add(Pools.member(n).withLabels(new TreeMap<>(Map.of("color", color))));
    }
    return members;
  }

  private static List<Member> both(int green, int blue) {
    List<Member> members = group("green", 1, green);
    members.addAll(group("blue", 100, blue));
    return members;
  }

  private static Map<MemberId, Integer> weights(Split split, List<Member> members) {
    Shares shares = Shares.of(split, members).orElseThrow();
    Map<MemberId, Integer> weights = new HashMap<>();
    members.forEach(m -> weights.put(m.id(), shares.weight(m.id()).orElseThrow()));
    return weights;
  }

  /** The share of the members with this color, computed from the weights alone. */
  private static double reached(String color, Split split, List<Member> members) {
    Map<MemberId, Integer> weights = weights(split, members);
    double all = weights.values().stream().mapToInt(Integer::intValue).sum();
    double of =
        members.stream()
            .filter(m -> color.equals(m.labels().get("color")))
            .mapToInt(m -> weights.getOrDefault(m.id(), 0))
            .sum();
    return of / all;
  }

  @Example
  void smallWeightsWhereTheyAreExact() {
    assertThat(weights(TEN, both(1, 1)).values()).containsExactlyInAnyOrder(1, 9);
    assertThat(weights(TEN, both(1, 9)).values()).containsOnly(1);
    assertThat(weights(split(Map.of("green", 50.0)), both(3, 2)).values())
        .containsExactlyInAnyOrder(2, 2, 2, 3, 3);
  }

  @Property(tries = 300)
  void noOtherWholeNumbersComeCloserForTwoGroups(
      @ForAll @IntRange(min = 1, max = 6) int green,
      @ForAll @IntRange(min = 1, max = 6) int blue,
      @ForAll @DoubleRange(min = 2, max = 98) double percent) {
    double wanted = percent / 100;
    double best =
        IntStream.rangeClosed(1, Member.MAX_WEIGHT)
            .boxed()
            .flatMap(a ->
                IntStream.rangeClosed(1, Member.MAX_WEIGHT)
                    .mapToObj(b -> share(green * a, blue * b)))
            .mapToDouble(share -> Math.abs(share - wanted))
            .min()
            .orElseThrow();
    double got = reached("green", split(Map.of("green", percent)), both(green, blue));
    assertThat(Math.abs(got - wanted)).isLessThanOrEqualTo(best + 1e-4);
  }

  private static double share(double green, double blue) {
    return green / (green + blue);
  }

  @Property(tries = 200)
  void aShareDoesNotDependOnTheSizeOfItsGroup(
      @ForAll @IntRange(min = 1, max = 20) int green,
      @ForAll @IntRange(min = 1, max = 20) int blue) {
    assertThat(reached("green", TEN, both(green, blue))).isCloseTo(0.1, offset(0.01));
  }

  @Property(tries = 200)
  void everyWeightIsOneThatProxiesTake(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 256) Integer> own,
      @ForAll @DoubleRange(min = 0.01, max = 100) double percent) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Member member = group(i % 2 == 0 ? "green" : "blue", i + 1, 1).getFirst();
      members.add(member.withWeight(own.get(i)));
    }
    assertThat(weights(split(Map.of("green", percent)), members).values())
        .allMatch(weight -> weight >= 1 && weight <= Member.MAX_WEIGHT);
  }

  @Example
  void insideAGroupMembersKeepTheRelationOfTheirOwnWeights() {
    List<Member> members = both(1, 2);
    members.set(2, members.get(2).withWeight(3));
    Map<MemberId, Integer> weights = weights(split(Map.of("green", 20.0)), members);
    assertThat(weights)
        .containsEntry(members.get(0).id(), 1)
        .containsEntry(members.get(1).id(), 1)
        .containsEntry(members.get(2).id(), 3);
  }

  @Example
  void aGroupWithNobodyReadyYieldsItsShare() {
    Split three = split(Map.of("green", 10.0, "blue", 30.0, "red", 60.0));
    assertThat(reached("green", three, both(1, 1))).isEqualTo(0.25);
    assertThat(weights(TEN, group("blue", 1, 3)).values()).containsOnly(1);
    Shares.Group green = Shares.of(three, both(2, 1)).orElseThrow().groups().getLast();
    assertThat(green.name()).contains("green");
    assertThat(green.ready()).isEqualTo(2);
    assertThat(green.wanted()).isEqualTo(25);
    assertThat(green.reached()).isEqualTo(25);
  }

  @Example
  void whoHasNoShareGetsWhatIsLeftOrAsLittleAsCanBe() {
    List<Member> members = both(1, 1);
    members.addAll(group("red", 200, 1));
    assertThat(reached("blue", TEN, members) + reached("red", TEN, members)).isEqualTo(0.9);
    Split all = split(Map.of("green", 50.0, "blue", 50.0));
    assertThat(reached("red", all, members)).isLessThan(0.002);
    assertThat(Shares.of(all, group("red", 1, 2))).isEmpty();
  }

  @Property(tries = 100)
  void theOrderOfMembersDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 9) int green,
      @ForAll @IntRange(min = 1, max = 9) int blue,
      @ForAll Random random) {
    List<Member> members = both(green, blue);
    Map<MemberId, Integer> before = weights(TEN, members);
    Collections.shuffle(members, random);
    assertThat(weights(TEN, members)).isEqualTo(before);
  }

  @Example
  void onlyMembersThatTakeTrafficCount() {
    Pools pools = new Pools();
    both(1, 2)
        .forEach(member ->
            pools.has(
                member,
                new Presence.Present(),
                Standing.PROVEN,
                member.id().equals(Pools.id(101))
                    ? Pools.down(ProbeResult.Kind.REFUSED)
                    : Pools.up()));
    pools.with(policy -> policy.withSplit(TEN));

    assertThat(Resolver.resolve(pools.build(), Map.of()).members())
        .extracting(m -> Optional.of(m.weight()))
        .containsExactly(Optional.of(1), Optional.of(9), Optional.of(1));
  }
}
