package dev.weir.memberlist;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One member as somebody wrote it down: {@code host:port}, or a mapping of {@code address} and what
 * else there is to say.
 *
 * @param weight 1 to 256
 * @param backup takes traffic only when no other member can
 * @param labels sorted, immutable
 */
public record MemberEntry(
    Address address,
    Optional<String> name,
    int weight,
    boolean backup,
    SortedMap<String, String> labels) {

  /** Where the member listens. */
  public static final Shape.Key<Address> ADDRESS =
      Shape.Key.required(
          "address",
          Shape.scalar("IP:PORT, [IPV6]:PORT, HOST:PORT or unix:/PATH", Address::parse),
          "Where the member listens; a host name is resolved by Weir.");

  /** Its share of the traffic. */
  public static final Shape.Key<Integer> WEIGHT =
      Shape.Key.defaulted(
          "weight",
          Shape.integer(0, 1_000_000).map(Member::checkWeight),
          1,
          "1",
          "Its share of the traffic against the other members, 1 to 256.");

  /** What it is called. */
  public static final Shape.Key<String> NAME =
      Shape.Key.optional(
          "name",
          Shape.text("a name"),
          "What it is called in proxies and listings; without one, its address.");

  /** What is said of it. */
  public static final Shape.Key<Map<String, String>> LABELS =
      Shape.Key.defaulted(
          "labels",
          Shape.dictionary("a label", Shape.text("its value")),
          Map.of(),
          "{}",
          "What selectors and placeholders can refer to.");

  /** Whether it waits for the others to fail. */
  public static final Shape.Key<Boolean> BACKUP =
      Shape.Key.defaulted(
          "backup", Shape.flag(), false, "false", "Takes traffic only when no other member can.");

  private static final Shape.Mapping<MemberEntry> MAPPING =
      new Shape.Mapping<>(
          "a mapping with address",
          List.of(ADDRESS, WEIGHT, NAME, LABELS, BACKUP),
          MemberEntry::of);

  /** How a member is written in a configuration. */
  public static final Shape<MemberEntry> SHAPE = new Shape.Shorthand<>(ADDRESS, MAPPING);

  public MemberEntry {
    Member.checkWeight(weight);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A member that is known by its address alone. */
  public static MemberEntry of(Address address) {
    return new MemberEntry(address, Optional.empty(), 1, false, Collections.emptySortedMap());
  }

  private static MemberEntry of(Values values) {
    return new MemberEntry(
        values.get(ADDRESS),
        values.find(NAME),
        values.get(WEIGHT),
        values.get(BACKUP),
        new TreeMap<>(values.get(LABELS)));
  }

  /** The same with this name. */
  public MemberEntry named(String other) {
    return new MemberEntry(address, Optional.of(other), weight, backup, labels);
  }

  /** The keys of the mapping. */
  static List<Shape.Key<?>> keys() {
    return MAPPING.keys();
  }

  /** The member that this describes, ready, as the given source reports it. */
  public Member member(PoolId pool, SourceName source) {
    return new Member(
        new MemberId(pool, address), name, weight, backup, Condition.READY, labels, source);
  }
}
