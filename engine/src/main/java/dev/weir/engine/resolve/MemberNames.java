package dev.weir.engine.resolve;

import dev.weir.model.Address;
import dev.weir.model.Fingerprint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that the members of one pool have in every proxy: the source's own, else {@code
 * host_port}, unsafe characters as {@code _}. Where several would be called alike, each of them is
 * told apart by the first six hexadecimal digits of its address's fingerprint. The order of members
 * plays no part, so that file, run time and all proxies agree.
 */
public final class MemberNames {
  private static final int LONGEST = 100;

  /** How many digits tell members apart; more only where that many are alike, too. */
  private static final List<Integer> DIGITS = List.of(0, 6, 12, 32);

  private MemberNames() {}

  /** A name for each member, unique among them. */
  public static Map<MemberId, String> of(Collection<Member> members) {
    Map<MemberId, Member> byId = new TreeMap<>();
    members.forEach(member -> byId.putIfAbsent(member.id(), member));
    Map<MemberId, String> names = new HashMap<>();
    byId.forEach((id, member) -> names.put(id, base(member)));
    Map<MemberId, Integer> steps = new HashMap<>();
    Set<MemberId> alike = alike(names);
    while (!alike.isEmpty()) {
      for (MemberId id : alike) {
        int step = Math.min(steps.merge(id, 1, Integer::sum), DIGITS.size() - 1);
        names.put(id, base(member(byId, id)) + "_" + digits(id.address(), DIGITS.get(step)));
      }
      alike = alike(names);
    }
    return Map.copyOf(names);
  }

  /** The name of a member that no other is called like: a function of the member alone. */
  public static String base(Member member) {
    return safe(member.name().filter(name -> !name.isBlank()).orElseGet(() -> from(member)));
  }

  private static String from(Member member) {
    Address address = member.address();
    return address.port() == 0 ? address.host() : address.host() + "_" + address.port();
  }

  private static String safe(String text) {
    StringBuilder name = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> name.append(isSafe(c, name.isEmpty()) ? (char) c : '_'));
    return name.toString();
  }

  private static boolean isSafe(int c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || (!first && (c == '.' || c == '-'));
  }

  private static String digits(Address address, int count) {
    return Fingerprint.of(address.toString()).hex().substring(0, count);
  }

  private static Member member(Map<MemberId, Member> byId, MemberId id) {
    Member member = byId.get(id);
    if (member == null) {
      throw new IllegalStateException("member: %s (expected: one of the pool)".formatted(id));
    }
    return member;
  }

  private static Set<MemberId> alike(Map<MemberId, String> names) {
    Map<String, MemberId> owner = new HashMap<>();
    Set<MemberId> alike = new HashSet<>();
    names.forEach((id, name) -> {
      MemberId other = owner.putIfAbsent(name, id);
      if (other != null) {
        alike.add(other);
        alike.add(id);
      }
    });
    return alike;
  }
}
