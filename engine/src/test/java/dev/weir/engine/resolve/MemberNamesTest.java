package dev.weir.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that members have in proxies. */
class MemberNamesTest {

  @ParameterizedTest
  @CsvSource({
    "web-1, web-1",
    "'a b', a_b",
    "'x/../../etc', x_.._.._etc",
    "'.hidden', _hidden",
    "'-x', _x",
    "'s; server evil 1.2.3.4', s__server_evil_1.2.3.4",
    "'ü', _",
  })
  void aNameOfItsOwnIsMadeSafe(String own, String expected) {
    assertThat(MemberNames.base(member("10.0.0.1:80").withName(own))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.3.1:3031, 10.0.3.1_3031",
    "[2001:db8::1]:443, 2001_db8_0_0_0_0_0_1_443",
    "db.internal:5432, db.internal_5432",
    "unix:/run/app.sock, _run_app.sock",
  })
  void withoutOneItIsMadeOfTheAddress(String address, String expected) {
    assertThat(MemberNames.base(member(address))).isEqualTo(expected);
    assertThat(MemberNames.base(member(address).withName("  "))).isEqualTo(expected);
  }

  @Test
  void membersThatWouldBeCalledAlikeAreToldApartByTheirAddresses() {
    Map<MemberId, String> names =
        names(
            member("10.0.0.1:80").withName("a b"),
            member("10.0.0.2:80").withName("a_b"),
            member("10.0.0.3:80").withName("c"));

    assertThat(names.values())
        .containsExactlyInAnyOrder(names.get(id("10.0.0.1:80")), names.get(id("10.0.0.2:80")), "c");
    assertThat(names.get(id("10.0.0.1:80"))).matches("a_b_[0-9a-f]{6}");
    assertThat(names.get(id("10.0.0.2:80"))).matches("a_b_[0-9a-f]{6}");
  }

  @Test
  void aNameThatLooksLikeAnothersWithDigitsIsToldApartToo() {
    Member a = member("10.0.0.1:80").withName("x");
    Member b = member("10.0.0.2:80").withName("x");
    String taken = names(a, b).getOrDefault(a.id(), "");

    Map<MemberId, String> names = names(a, b, member("10.0.0.3:80").withName(taken));

    assertThat(names.values()).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void longNamesAreCut() {
    assertThat(MemberNames.base(member("10.0.0.1:80").withName("n".repeat(5000)))).hasSize(100);
  }

  private static Map<MemberId, String> names(Member... members) {
    return MemberNames.of(List.copyOf(Arrays.asList(members)));
  }

  private static Member member(String address) {
    return Member.of(id(address), Pools.FILE);
  }

  private static MemberId id(String address) {
    return new MemberId(Pools.WEB, Address.parse(address));
  }
}
