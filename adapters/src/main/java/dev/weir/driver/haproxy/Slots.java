package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.ServerState;
import dev.weir.surround.ServerText;
import dev.weir.surround.ServerText.Part;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Servers of one backend that stand ready, {@code slot1} and so on, for members to take and leave
 * by address and state, where HAProxy takes no new server. A member keeps its slot for as long as
 * it stays. Pure; used once.
 *
 * <p>Which member has which slot is remembered nowhere but in HAProxy and in Weir's file: a slot
 * that nobody has is in maintenance at {@link #FREE}. Their number is a power of two of which a
 * quarter is kept free, so that n members come in log2(n) reloads.
 */
final class Slots {

  /** The address of a slot that nobody has, of a network for documentation: no member is there. */
  static final Endpoint FREE = new Endpoint.Ip(InetAddress.ofLiteral("192.0.2.1"), 9);

  private static final int LEAST = 8;
  private static final int MUCH_TOO_MANY = 4;
  private static final Pattern NAME = Pattern.compile("slot([1-9][0-9]{0,5})");

  private final Known known;
  private final SortedMap<Integer, DesiredMember> taken = new TreeMap<>();

  /** How many there shall be. */
  enum Size {
    /** As many as there are, unless members do not fit. */
    AS_IS,
    /** More, if few are free. */
    ROOMY,
    /** More, if few are free, and fewer, if most are. */
    FITTED
  }

  /**
   * What is known of them.
   *
   * @param slots by number
   * @param busy those that nobody has and that still have connections
   */
  record Known(SortedMap<Integer, ServerLine> slots, Set<String> busy) {

    static final Known NONE = new Known(new TreeMap<>(), Set.of());

    /**
     * What runs counts; the file knows of those that HAProxy was not asked for.
     *
     * @param seen absent where HAProxy was not asked
     */
    static Known of(@Nullable ObservedPool seen, Map<String, ServerLine> file, Set<String> busy) {
      SortedMap<Integer, ServerLine> slots = new TreeMap<>();
      file.forEach((name, line) -> number(name).ifPresent(number -> slots.put(number, line)));
      if (seen != null) {
        for (ObservedMember member : seen.members()) {
          number(member.name()).ifPresent(number -> slots.put(number, running(member)));
        }
      }
      return new Known(slots, busy);
    }

    private static ServerLine running(ObservedMember m) {
      return new ServerLine(m.name(), m.endpoint(), m.state(), m.weight(), m.backup(), "");
    }

    int highest() {
      return slots.isEmpty() ? 0 : slots.lastKey();
    }
  }

  /**
   * Slots with members in them.
   *
   * @param servers all slots, by number
   * @param members by the name of their slot
   */
  record Filled(List<ServerLine> servers, Map<String, DesiredMember> members) {
    static final Filled NOTHING = new Filled(List.of(), Map.of());
  }

  Slots(Known known) {
    this.known = known;
  }

  /** Whether there is none yet. */
  boolean areNone() {
    return known.slots().isEmpty();
  }

  static boolean isFree(ServerLine slot) {
    return slot.endpoint().equals(FREE) && number(slot.name()).isPresent();
  }

  /** Whether it is the name of one. */
  static boolean isSlot(String name) {
    return number(name).isPresent();
  }

  private static Optional<Integer> number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** Gives every member a slot. */
  Filled fill(List<DesiredMember> members, Size size, ServerText server) {
    settle(members);
    int last = Math.max(taken.isEmpty() ? 0 : taken.lastKey(), busiest());
    int count = Math.max(last, count(size));
    List<ServerLine> servers = new ArrayList<>();
    Map<String, DesiredMember> byName = new HashMap<>();
    for (int number = 1; number <= count; number++) {
      String name = "slot" + number;
      DesiredMember member = taken.get(number);
      servers.add(line(number, name, server));
      if (member != null) {
        byName.put(name, member);
      }
    }
    return new Filled(servers, byName);
  }

  private void settle(List<DesiredMember> members) {
    Map<Endpoint, List<Integer>> at = new HashMap<>();
    known
        .slots()
        .forEach((number, slot) ->
            at.computeIfAbsent(slot.endpoint(), key -> new ArrayList<>()).add(number));
    List<DesiredMember> newcomers = new ArrayList<>();
    for (DesiredMember member : members.stream().sorted().toList()) {
      List<Integer> own = at.getOrDefault(member.endpoint(), List.of());
      if (own.isEmpty()) {
        newcomers.add(member);
      } else {
        taken.put(own.removeFirst(), member);
      }
    }
    Free free = new Free();
    known.slots().values().stream()
        .filter(slot -> isFree(slot) && !known.busy().contains(slot.name()))
        .forEach(free::add);
    newcomers.forEach(member -> taken.put(next(member, free), member));
  }

  /** A free slot, one that fits as it is if there is one; else a new one. */
  private int next(DesiredMember member, Free free) {
    Optional<ServerLine> best = free.take(member);
    if (best.isPresent()) {
      return number(best.get().name()).orElseThrow();
    }
    return 1 + Math.max(known.highest(), taken.isEmpty() ? 0 : taken.lastKey());
  }

  /** Slots that nobody has, by what a member would find there. */
  private static final class Free {
    private final Map<Kind, Deque<ServerLine>> byKind = new LinkedHashMap<>();

    private record Kind(int weight, boolean backup) {}

    void add(ServerLine slot) {
      byKind
          .computeIfAbsent(new Kind(slot.weight(), slot.backup()), kind -> new ArrayDeque<>())
          .add(slot);
    }

    /** One as the member would have it; else one of its weight, else any. */
    Optional<ServerLine> take(DesiredMember member) {
      Optional<Kind> best =
          byKind.keySet().stream()
              .min(
                  Comparator.comparing((Kind kind) -> kind.weight() != member.weight())
                      .thenComparing(kind -> kind.backup() != member.backup()));
      return best.map(kind -> {
        Deque<ServerLine> slots = byKind.getOrDefault(kind, new ArrayDeque<>());
        ServerLine first = slots.removeFirst();
        if (slots.isEmpty()) {
          byKind.remove(kind);
        }
        return first;
      });
    }
  }

  private int busiest() {
    return known.busy().stream()
        .flatMap(name -> number(name).stream())
        .max(Integer::compare)
        .orElse(0);
  }

  private int count(Size size) {
    int now = known.highest();
    int fitting = fitting(taken.size() + known.busy().size());
    boolean tooSmall = !taken.isEmpty() && taken.lastKey() > now;
    boolean low = fitting > now;
    boolean wasteful = now >= MUCH_TOO_MANY * fitting;
    boolean changes =
        switch (size) {
          case AS_IS -> tooSmall || now == 0;
          case ROOMY -> tooSmall || low;
          case FITTED -> tooSmall || low || wasteful;
        };
    return changes ? fitting : now;
  }

  /** The power of two of which so many leave a quarter free. */
  private static int fitting(int members) {
    int count = LEAST;
    while (members > count / 4 * 3) {
      count *= 2;
    }
    return count;
  }

  private ServerLine line(int number, String name, ServerText server) {
    String options = options(server, name);
    DesiredMember member = taken.get(number);
    if (member != null) {
      return new ServerLine(
          name, member.endpoint(), member.state(), member.weight(), member.backup(), options);
    }
    ServerLine before = known.slots().get(number);
    int weight = before == null ? 1 : Math.max(1, before.weight());
    boolean backup = before != null && before.backup();
    return new ServerLine(name, FREE, ServerState.MAINT, weight, backup, options);
  }

  /** A slot's parameters name the slot, whoever has it. */
  private static String options(ServerText server, String name) {
    return server.parts().stream()
        .map(part ->
            switch (part) {
              case Part.Literal(String literal) -> literal;
              case Part.Property _ -> name;
              case Part.Label _ -> throw new IllegalArgumentException("a label in a slot");
            })
        .collect(Collectors.joining())
        .strip();
  }

  /** Whether there are to be more slots than there are, for people. */
  static Optional<String> growth(Section file, Section wanted) {
    long before = count(file);
    boolean more =
        wanted.servers().keySet().stream()
            .anyMatch(name -> number(name).isPresent() && !file.servers().containsKey(name));
    return more
        ? Optional.of("%d slots instead of %d".formatted(count(wanted), before))
        : Optional.empty();
  }

  private static long count(Section section) {
    return section.servers().keySet().stream().filter(name -> number(name).isPresent()).count();
  }

  /** Whether parameters can stand in a slot: only its name may differ from slot to slot. */
  static Optional<String> unfit(ServerText server) {
    return server.parts().stream()
        .filter(part ->
            switch (part) {
              case Part.Literal _ -> false;
              case Part.Property(String word) -> !word.equals("name");
              case Part.Label _ -> true;
            })
        .findFirst()
        .map(part -> "a slot cannot have %s".formatted(shown(part)));
  }

  private static String shown(Part part) {
    return switch (part) {
      case Part.Literal(String text) -> text;
      case Part.Property(String word) -> "{" + word + "}";
      case Part.Label(String key) -> "{label:" + key + "}";
    };
  }
}
