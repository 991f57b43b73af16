package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Plans.API;
import static dev.weir.driver.haproxy.Plans.commands;
import static dev.weir.driver.haproxy.Plans.ip;
import static dev.weir.driver.haproxy.Plans.reasons;
import static dev.weir.model.ServerState.MAINT;
import static dev.weir.model.ServerState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.DesiredState;
import dev.weir.model.MemberChange;
import dev.weir.model.Plan;
import dev.weir.model.Step;
import dev.weir.testkit.contract.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans for backends whose members take and leave slots, and for cookies of added servers. */
class SlotPlansTest {

  private final Plans plans = new Plans(List.of("balance static-rr"), "check cookie {name}");

  private static DesiredState members(int... numbers) {
    Wanted pool = Wanted.pool(API);
    IntStream.of(numbers).forEach(number -> pool.ready("m" + number, ip(number)));
    return Wanted.state(pool);
  }

  /** HAProxy has eight slots, the first ones with these members. */
  private void runs(int... numbers) {
    for (int slot = 1; slot <= 8; slot++) {
      boolean taken = slot <= numbers.length;
      plans.runs(
          "slot" + slot, taken ? ip(numbers[slot - 1]) : Slots.FREE, taken ? READY : MAINT, 1);
    }
  }

  @Test
  void whoComesIsPutInBeforeWhoGoesIsTakenOutAndAnAddressNeverLeavesAReadySlot() {
    runs(1, 2);
    Plan plan = plans.plan(members(1, 2), members(2, 3));
    assertThat(commands(plan))
        .containsExactly(
            "set server be_api/slot3 addr 10.0.0.3 port 80",
            "set server be_api/slot3 state ready",
            "set server be_api/slot1 state maint",
            "set server be_api/slot1 addr 192.0.2.1 port 9");
    assertThat(plan.changes())
        .extracting(MemberChange::name, MemberChange::before, MemberChange::after)
        .containsExactly(tuple("m3", "", "ready weight 1"), tuple("slot1", "ready weight 1", ""));
  }

  @Test
  void aMemberThatFitsComesWithoutAReloadAndRoomIsMadeAfterwards() {
    runs(1, 2, 3, 4, 5, 6);
    Plan plan = plans.plan(members(1, 2, 3, 4, 5, 6), members(1, 2, 3, 4, 5, 6, 7));
    assertThat(plan).isInstanceOf(Plan.Live.class);
    assertThat(plans.planner.wantsLook()).isTrue();
  }

  @Test
  void fewFreeSlotsAreAReasonOnceThereIsNothingElseToDo() {
    runs(1, 2, 3, 4, 5, 6, 7);
    int[] seven = {1, 2, 3, 4, 5, 6, 7};
    String text = plans.loadedText(members(1, 2, 3)); // eight slots
    assertThat(text).contains("slot8").doesNotContain("slot9");
    Plan plan =
        plans.planner.plan(members(seven), plans.observed(text, ConfigText.parse(text).epoch()));
    assertThat(reasons(plan))
        .containsExactly(
            "be_api: 16 slots instead of 8: balance static-rr takes no new server at run time");
    assertThat(plans.planner.wantsLook()).isFalse();
  }

  /** At 1,000 servers each change of a state costs HAProxy 45 ms, in which it answers nobody. */
  @Test
  void manyChangesAmongManyServersOfAStaticAlgorithmAreAReload() {
    int[] all = IntStream.range(1, 201).toArray();
    for (int slot = 1; slot <= 512; slot++) {
      boolean taken = slot <= 200;
      plans.runs("slot" + slot, taken ? ip(slot) : Slots.FREE, taken ? READY : MAINT, 1);
    }
    assertThat(plans.plan(members(all), members(Arrays.copyOf(all, 199))))
        .isInstanceOf(Plan.Live.class);
    assertThat(reasons(plans.plan(members(all), members(Arrays.copyOf(all, 100)))))
        .containsExactly(
            "be_api: a reload is cheaper than 100 changes among 200 servers: balance static-rr");
  }

  @Test
  void slotsThatNobodyNeedsGoWithoutAReloadAfterALongCalm() {
    int[] many = IntStream.range(1, 60).toArray();
    String text = plans.loadedText(members(many));
    for (int slot = 1; slot <= 128; slot++) {
      plans.runs("slot" + slot, slot == 1 ? ip(1) : Slots.FREE, slot == 1 ? READY : MAINT, 1);
    }
    Plan busy =
        plans.planner.plan(members(1), plans.observed(text, ConfigText.parse(text).epoch()));
    assertThat(Plans.servers(Plans.text(busy))).hasSize(128);
    plans.planner.calm(Planner.Calm.LONG_CALM);
    Plan calm =
        plans.planner.plan(members(1), plans.observed(text, ConfigText.parse(text).epoch()));
    assertThat(calm).isInstanceOf(Plan.Live.class);
    assertThat(commands(calm)).isEmpty();
    assertThat(Plans.servers(Plans.text(calm))).hasSize(8);
  }

  @Test
  void aServerThatIsAddedGetsItsCookieBeforeItsFirstRequest() {
    Plans cookies =
        new Plans(
            List.of("cookie SRV insert dynamic", "dynamic-cookie-key secret"), "check inter 2s");
    Plan plan = cookies.plan(members(), members(1));
    assertThat(((Plan.Live) plan).steps().toString()).doesNotContain("secret");
    assertThat(((Plan.Live) plan).steps())
        .extracting(Step::shown)
        .contains("set dynamic-cookie-key backend be_api ...");
    assertThat(commands(plan))
        .containsExactly(
            "add server be_api/m1 10.0.0.1:80 weight 1 check inter 2s",
            "enable health be_api/m1",
            "set dynamic-cookie-key backend be_api secret",
            "set server be_api/m1 state ready");
  }

  @Test
  void whatDefaultServerLinesSwitchOffIsNotSaidToAnAddedServer() {
    Plans plain =
        new Plans(
            List.of(
                "default-server check no-ssl weight 7 inter 3s",
                "default-server no-check resolvers dns"),
            "");
    assertThat(commands(plain.plan(members(), members(1))))
        .containsExactly(
            "add server be_api/m1 10.0.0.1:80 weight 1 inter 3s",
            "set server be_api/m1 state ready");
  }
}
