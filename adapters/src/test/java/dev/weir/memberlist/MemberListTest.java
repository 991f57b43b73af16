package dev.weir.memberlist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.model.Address;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberListTest {

  @Test
  void readsAddressesAndMappingsFromYaml() {
    assertThat(
            entries(
                "m.yaml",
                """
                # the two of them
                - 10.0.0.1:80
                - address: 10.0.0.2:81
                  weight: 3
                  name: big
                  backup: true
                  labels: { zone: a, empty: }
                """))
        .containsExactly(
            plain("10.0.0.1:80"),
            new MemberEntry(
                Address.parse("10.0.0.2:81"),
                Optional.of("big"),
                3,
                true,
                new TreeMap<>(Map.of("zone", "a", "empty", ""))));
  }

  @Test
  void readsJsonWithTabsAndEscapes() {
    assertThat(
            entries(
                "m.json",
                "[\n\t\"10.0.0.1:80\",\n\t{\"address\":\"h.example:1\",\"name\":\"a\\/b\"}]"))
        .containsExactly(
            plain("10.0.0.1:80"),
            new MemberEntry(
                Address.parse("h.example:1"), Optional.of("a/b"), 1, false, new TreeMap<>()));
  }

  @Test
  void readsPrometheusFileSd() {
    assertThat(
            entries(
                "targets.json",
                """
                [ { "targets": ["10.0.0.1:80", "10.0.0.2:80"], "labels": { "env": "prod" } },
                  { "targets": ["10.0.0.3:80"] } ]
                """))
        .extracting(entry -> entry.address() + " " + entry.labels())
        .containsExactly("10.0.0.1:80 {env=prod}", "10.0.0.2:80 {env=prod}", "10.0.0.3:80 {}");
  }

  @Test
  void readsPlainTextWithComments() {
    assertThat(
            entries(
                "legacy.txt",
                "# ours\r\n10.0.0.1:80\r\n\r\n  [2001:db8::1]:81   # second\r\nh.example:82"))
        .containsExactly(plain("10.0.0.1:80"), plain("[2001:db8::1]:81"), plain("h.example:82"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1:80\n", "- 10.0.0.1:80\n", "[10.0.0.1:80]", "[\"10.0.0.1:80\"]"})
  void tellsTheFormatByTheFirstLineWhereTheNameDoesNot(String text) {
    assertThat(entries("members", text)).containsExactly(plain("10.0.0.1:80"));
  }

  @Test
  void anIpv6AddressFirstIsPlainText() {
    assertThat(entries("members", "[::1]:80\n[::1]:81\n"))
        .containsExactly(plain("[::1]:80"), plain("[::1]:81"));
  }

  @Test
  void takesAByteOrderMark() {
    assertThat(entries("m.txt", "\uFEFF10.0.0.1:80\n")).containsExactly(plain("10.0.0.1:80"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.yaml", "m.json", "m.txt", "m"})
  void anEmptyListIsNoMembers(String name) {
    assertThat(entries(name, "[]\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n", "null"})
  void nothingIsNotTheSameAsNoMembers(String text) {
    assertThat(reason("m.yaml", text)).startsWith("m.yaml: no members in it").contains("write []");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n"})
  void nothingInPlainTextIsNotTheSameAsNoMembers(String text) {
    assertThat(reason("m.txt", text)).startsWith("m.txt: no members in it");
  }

  @Test
  void oneBadEntrySpoilsTheListAndAllAreNamed() {
    assertThat(
            reason(
                "m.yaml",
                """
                - 10.0.0.1:80
                - 10.0.0.2
                - { address: '10.0.0.3:80', weight: 0 }
                - { address: '10.0.0.4:80', wieght: 2 }
                - { adress: '10.0.0.5:80' }
                - ~
                - { address: '10.0.0.6:80', weight: heavy, backup: perhaps }
                """))
        .isEqualTo(
            "m.yaml:2: address: \"10.0.0.2\" (expected: IP:PORT, [IPV6]:PORT, HOST:PORT or"
                + " unix:/PATH); m.yaml:3: weight: 0 (expected: 1 to 256; to take no traffic, use"
                + " drain); m.yaml:4: unknown key \"wieght\" (expected: address, weight, name,"
                + " labels, backup); m.yaml:5: unknown key \"adress\" (expected: address, weight,"
                + " name, labels, backup); m.yaml:5: address is missing (expected: HOST:PORT, a"
                + " mapping with address, or one with targets); and 3 more");
  }

  @Test
  void aTextOfMistakesIsNotReadToItsEnd() {
    assertThat(reason("m.txt", "x\n".repeat(5000)))
        .startsWith("m.txt:1: address: \"x\" (expected: ")
        .endsWith("; and at least 995 more");
    assertThat(reason("m.yaml", "- x\n".repeat(5000)))
        .startsWith("m.yaml:1: address: \"x\" (expected: ")
        .endsWith("; and at least 995 more");
  }

  @Test
  void plainTextNamesLineAndValue() {
    assertThat(reason("m.txt", "10.0.0.1:80\nnonsense here\n10.0.0.1:99999\n"))
        .startsWith("m.txt:2: address: \"nonsense here\" (expected: ")
        .contains("m.txt:3: port: 99999 (expected: 1 to 65535)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"targets\": [\"10.0.0.1:80\"",
        "[\"\\u00",
        "[\"\\UFFFFFFFF\"]",
        "[\"10.0.0.1:80\", \"10.0",
        "- { address: '10.0.0.1:80', wei",
        "a: 1",
        "10.0.0.1:80",
        "- [10.0.0.1:80]",
        "- a:1\n---\n- b:1\n",
        "- &x a:1\n- *x\n",
        "- { address: 'a:1', address: 'b:1' }",
        "- { address: 'a:1', labels: [x] }",
        "- { address: 'a:1', labels: { x: { y: z } } }",
        "- { targets: 'a:1' }",
        "- !!binary aGk=\n- \u0000",
        "\u0007"
      })
  void whatIsNotAListOfMembersSaysNothingAboutThem(String text) {
    assertThat(reason("m.yaml", text)).startsWith("m.yaml:").doesNotContain("\n");
  }

  @Test
  void deepNestingIsRefusedWithoutHarm() {
    assertThat(reason("m.json", "[".repeat(500_000))).contains("nested too deeply");
    assertThat(reason("m.yaml", "- ".repeat(50_000))).contains("nested too deeply");
  }

  @Test
  void hostileTextIsKeptInNamesAndShownSafelyInProblems() {
    String hostile = "x;\n} server evil { # $(reboot) \u001b[31m";
    String json =
        "[{\"address\":\"10.0.0.1:80\",\"name\":\"x;\\n} server evil { # $(reboot) \\u001b[31m\"}]";
    assertThat(entries("m.json", json))
        .extracting(MemberEntry::name)
        .containsExactly(Optional.of(hostile));
    assertThat(reason("m.json", "[\"10.0.0.1:80;\\n\\u001b[31m\"]"))
        .contains("10.0.0.1:80;\\n\\u001b[31m")
        .doesNotContain("\n")
        .doesNotContain("\u001b");
  }

  @Test
  void readsTenThousandMembers() {
    String text =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "- { address: '10.0.%d.%d:80', weight: 2 }".formatted(i / 250, i % 250))
            .collect(Collectors.joining("\n"));
    assertThat(entries("m.yaml", text)).hasSize(10_000);
  }

  /**
   * Copies are counted by the bytes that are allocated, which no other load on the machine moves.
   */
  @ParameterizedTest
  @ValueSource(strings = {"- %s", "[\"%s\"]"})
  void theCostOfAScalarGrowsWithItsLengthAndNotWithItsSquare(String form) {
    String half = form.formatted("x".repeat(500_000));
    String whole = form.formatted("x".repeat(1_000_000));
    long before = allocated();
    assertThat(reason("m.yaml", half)).contains("m.yaml:1: address");
    long between = allocated();
    assertThat(reason("m.yaml", whole)).contains("m.yaml:1: address");
    assertThat((double) (allocated() - between) / (between - before)).isLessThan(2.5);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static MemberEntry plain(String address) {
    return MemberEntry.of(Address.parse(address));
  }

  private static List<MemberEntry> entries(String place, String text) {
    return switch (MemberList.parse(place, text)) {
      case MemberList.Read read -> read.entries();
      case MemberList.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
    };
  }

  private static String reason(String place, String text) {
    return switch (MemberList.parse(place, text)) {
      case MemberList.Read read -> throw new AssertionError("read: " + read);
      case MemberList.Unreadable unreadable -> unreadable.reason();
    };
  }
}
