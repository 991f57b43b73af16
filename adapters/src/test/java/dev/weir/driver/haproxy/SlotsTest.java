package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.haproxy.Slots.Filled;
import dev.weir.driver.haproxy.Slots.Known;
import dev.weir.driver.haproxy.Slots.Size;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {

  private static final ServerText COOKIE = ServerText.parse("check cookie {name}");

  private static Endpoint at(int number) {
    return new Endpoint.Ip(
        InetAddress.ofLiteral("10.0.%d.%d".formatted(number / 250, 1 + number % 250)), 80);
  }

  private static List<DesiredMember> members(int... numbers) {
    Wanted pool = Wanted.pool(new PoolId("web"));
    IntStream.of(numbers).forEach(number -> pool.ready("m" + number, at(number)));
    return pool.build().members();
  }

  private static Known known(List<ServerLine> slots, String... busy) {
    Map<String, ServerLine> file = new LinkedHashMap<>();
    slots.forEach(slot -> file.put(slot.name(), slot));
    return Known.of(null, file, Set.of(busy));
  }

  private static Filled fill(Known known, Size size, int... numbers) {
    return new Slots(known).fill(members(numbers), size, COOKIE);
  }

  /** Slot and member, those that nobody has left out. */
  private static List<String> taken(Filled filled) {
    List<String> taken = new ArrayList<>();
    for (ServerLine slot : filled.servers()) {
      DesiredMember member = filled.members().get(slot.name());
      if (member != null) {
        assertThat(slot.endpoint()).isEqualTo(member.endpoint());
        taken.add(slot.name() + " " + member.name());
      } else {
        assertThat(Slots.isFree(slot)).isTrue();
        assertThat(slot.state()).isEqualTo(ServerState.MAINT);
      }
    }
    return taken;
  }

  @Test
  void membersTakeTheLowestSlotsOfAPowerOfTwo() {
    Filled filled = fill(Known.NONE, Size.AS_IS, 1, 2, 3);
    assertThat(taken(filled)).containsExactly("slot1 m1", "slot2 m2", "slot3 m3");
    assertThat(filled.servers()).hasSize(8);
    assertThat(filled.servers().get(4).fileLine())
        .isEqualTo("  server slot5 192.0.2.1:9 weight 1 disabled check cookie slot5");
  }

  @Test
  void whoStaysKeepsTheSlotAndWhoComesTakesAFreeOne() {
    Filled before = fill(Known.NONE, Size.AS_IS, 1, 2, 3);
    Filled after = fill(known(before.servers()), Size.AS_IS, 3, 0, 1);
    assertThat(taken(after)).containsExactly("slot1 m1", "slot3 m3", "slot4 m0");
    Filled later = fill(known(after.servers()), Size.AS_IS, 0, 5);
    assertThat(taken(later)).containsExactly("slot2 m5", "slot4 m0");
  }

  @Test
  void aSlotWithConnectionsOfAFormerMemberIsNotGivenAway() {
    Filled before = fill(Known.NONE, Size.AS_IS, 1, 2);
    Filled left = fill(known(before.servers()), Size.AS_IS, 1);
    Filled after = fill(known(left.servers(), "slot2"), Size.AS_IS, 1, 7);
    assertThat(taken(after)).containsExactly("slot1 m1", "slot3 m7");
  }

  @Test
  void whatRunsCountsMoreThanTheFileThatFollows() {
    Map<String, ServerLine> file = new LinkedHashMap<>();
    fill(Known.NONE, Size.AS_IS, 1, 2).servers().forEach(slot -> file.put(slot.name(), slot));
    ObservedPool seen =
        new ObservedPool(
            new PoolId("web"),
            List.of(
                new ObservedMember("slot1", Slots.FREE, ServerState.MAINT, 1, false),
                new ObservedMember("slot2", at(2), ServerState.READY, 1, false),
                new ObservedMember("slot3", at(1), ServerState.READY, 1, false)));
    Filled filled = fill(Known.of(seen, file, Set.of()), Size.AS_IS, 1, 2, 3);
    assertThat(taken(filled)).containsExactly("slot1 m3", "slot2 m2", "slot3 m1");
  }

  @ParameterizedTest
  @CsvSource({"6,8", "7,16", "12,16", "13,32", "1500,2048", "1600,4096"})
  void aQuarterIsKeptFree(int members, int slots) {
    int[] numbers = IntStream.range(0, members).toArray();
    assertThat(fill(Known.NONE, Size.ROOMY, numbers).servers()).hasSize(slots);
  }

  @Test
  void untilItIsTimeTheirNumberStays() {
    Filled before = fill(Known.NONE, Size.AS_IS, 1, 2, 3);
    int[] seven = {1, 2, 3, 4, 5, 6, 7};
    assertThat(fill(known(before.servers()), Size.AS_IS, seven).servers()).hasSize(8);
    assertThat(fill(known(before.servers()), Size.ROOMY, seven).servers()).hasSize(16);
    int[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThat(fill(known(before.servers()), Size.AS_IS, nine).servers()).hasSize(16);
  }

  @Test
  void manyThatNobodyNeedsGoButNobodyIsMoved() {
    Filled many = fill(Known.NONE, Size.AS_IS, IntStream.range(0, 100).toArray());
    assertThat(many.servers()).hasSize(256);
    assertThat(fill(known(many.servers()), Size.ROOMY, 0, 1).servers()).hasSize(256);
    assertThat(fill(known(many.servers()), Size.FITTED, 0, 1).servers()).hasSize(8);
    Filled high = fill(known(many.servers()), Size.FITTED, 0, 40);
    String slot = many.servers().get(high.servers().size() - 1).name();
    assertThat(taken(high)).hasSize(2).last().asString().isEqualTo(slot + " m40");
    assertThat(fill(known(many.servers(), "slot30"), Size.FITTED, 0).servers()).hasSize(30);
  }

  @Test
  void fromThreeToTwoThousandItTakesNoMoreThanElevenGrowths() {
    List<ServerLine> slots = fill(Known.NONE, Size.AS_IS, 0, 1, 2).servers();
    int growths = 0;
    for (int n = 4; n <= 2000; n += 9) {
      int before = slots.size();
      slots = fill(known(slots), Size.ROOMY, IntStream.range(0, n).toArray()).servers();
      growths += slots.size() > before ? 1 : 0;
    }
    assertThat(growths).isLessThanOrEqualTo(11);
  }

  @Test
  void whatOnlyAMemberHasNoSlotCanHave() {
    assertThat(Slots.unfit(COOKIE)).isEmpty();
    assertThat(Slots.unfit(ServerText.parse("check addr {host}")))
        .contains("a slot cannot have {host}");
    assertThat(Slots.unfit(ServerText.parse("cookie {label:zone}")))
        .contains("a slot cannot have {label:zone}");
  }
}
