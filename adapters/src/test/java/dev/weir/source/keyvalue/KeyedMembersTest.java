package dev.weir.source.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Member;
import dev.weir.model.SourceReport.Complete;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What keys and values are read as. */
final class KeyedMembersTest {

  private final KeyedMembers members = new KeyedMembers(StoredMembersWorld.CONTEXT);

  @Test
  void aValueMayBeTheAddress() {
    Member member = one("/web/members/a", " 10.0.0.1:80\n");
    assertThat(member.address()).hasToString("10.0.0.1:80");
    assertThat(member.name()).contains("a");
    assertThat(member.weight()).isEqualTo(1);
  }

  @Test
  void aValueMayBeAMappingInJson() {
    Member member =
        one(
            "/web/members/a",
            "{\"address\": \"app.internal:80\", \"weight\": 7, \"labels\": {\"dc\": \"eu\"}}");
    assertThat(member.address()).hasToString("app.internal:80");
    assertThat(member.name()).contains("a");
    assertThat(member.weight()).isEqualTo(7);
    assertThat(member.labels()).containsExactly(Map.entry("dc", "eu"));
  }

  @Test
  void aMappingMayNameItsMember() {
    String value = "{\"address\": \"10.0.0.1:80\", \"name\": \"blue\", \"backup\": true}";
    assertThat(one("/web/members/a", value).name()).contains("blue");
    assertThat(one("/web/members/a", value).backup()).isTrue();
  }

  @Test
  void theLastPartOfTheKeyMayBeTheAddress() {
    for (String value : List.of("", "member", "1", "10.0.0.1")) {
      Member member = one("/web/members/10.0.0.2:80", value);
      assertThat(member.address()).hasToString("10.0.0.2:80");
      assertThat(member.name()).isEmpty();
    }
  }

  @Test
  void aKeyThatSaysNothingIsRemarkedUponAndSpoilsNoOther() {
    Complete report =
        report(
            Map.of(
                "/m/a", "10.0.0.1:80",
                "/m/b", "{\"adress\": \"10.0.0.2:80\"}",
                "/m/c", "{\"address\": \"10.0.0.3:80\"}, {\"address\": \"10.0.0.4:80\"}",
                "/m/d", "10.0.0.5",
                "/m/", ""));
    assertThat(report.members()).extracting(Member::name).containsExactly(Optional.of("a"));
    assertThat(report.remarks())
        .hasSize(3)
        .anyMatch(remark -> remark.startsWith("\"/m/b\": ") && remark.contains("adress"))
        .anyMatch(remark -> remark.startsWith("\"/m/c\": "))
        .anyMatch(remark -> remark.startsWith("\"/m/d\": ") && remark.contains("HOST:PORT"));
  }

  @Test
  void aKeyThatSaysNothingAnyMoreKeepsItsMember() {
    report(Map.of("/m/a", "10.0.0.1:80"));
    Complete damaged = report(Map.of("/m/a", "<html>"));
    assertThat(damaged.members()).hasSize(1);
    assertThat(damaged.remarks()).singleElement().asString().contains("stays as it was");
    assertThat(report(Map.of()).members()).isEmpty();
    assertThat(report(Map.of("/m/a", "<html>")).members()).isEmpty();
  }

  private Member one(String key, String value) {
    return report(Map.of(key, value)).members().getFirst();
  }

  private Complete report(Map<String, String> pairs) {
    return (Complete) members.report(new TreeMap<>(pairs));
  }
}
