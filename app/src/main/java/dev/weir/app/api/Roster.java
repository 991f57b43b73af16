package dev.weir.app.api;

import dev.weir.engine.resolve.MemberNames;
import dev.weir.engine.resolve.Resolver;
import dev.weir.model.AbsentMember;
import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.CatalogMember;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import dev.weir.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All members of a pool with everything that is known of each, as one moment shows it.
 *
 * @param entries sorted by name, then identity
 */
record Roster(PoolInputs inputs, DesiredPool desired, List<Entry> entries) {

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::name).thenComparing(Entry::id);

  Roster {
    entries = List.copyOf(entries);
  }

  static Roster of(View view, PoolInputs inputs) {
    DesiredPool desired =
        view.resolved(inputs).orElseGet(() -> Resolver.resolve(inputs, carried(view, inputs.id())));
    Map<MemberId, String> names = desired.absent().isEmpty() ? Map.of() : names(inputs, desired);
    Map<MemberId, CatalogMember> known = new HashMap<>();
    inputs.pool().members().forEach(member -> known.put(member.id(), member));
    List<Entry> entries = new ArrayList<>();
    for (DesiredMember member : desired.members()) {
      entries.add(
          new Entry(
              member.id(),
              member.name(),
              Optional.of(member),
              member.because(),
              knowledge(inputs, member.id(), Optional.ofNullable(known.get(member.id())))));
    }
    for (AbsentMember absent : desired.absent()) {
      Member member = absent.member();
      String name = names.getOrDefault(member.id(), MemberNames.base(member));
      entries.add(
          new Entry(
              member.id(),
              name,
              Optional.empty(),
              absent.because(),
              knowledge(inputs, member.id(), Optional.ofNullable(known.get(member.id())))));
    }
    return new Roster(inputs, desired, entries.stream().sorted(ORDER).toList());
  }

  /**
   * The members that a text names: by name or address if any, else all that begin with it. A whole
   * address is never the beginning of another: {@code :80} does not mean {@code :8080}.
   */
  List<Entry> matching(String text) {
    List<Entry> exact = entries.stream().filter(entry -> entry.isCalled(text)).toList();
    return exact.isEmpty() && !isAddress(text)
        ? entries.stream().filter(entry -> entry.begins(text)).toList()
        : exact;
  }

  /** The member of this identity. */
  Entry of(MemberId id) throws ApiProblem {
    return entries.stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noMember(inputs.id(), id.address().toString()));
  }

  /** The one member of this name or address, whole. */
  Entry exact(String text) throws ApiProblem {
    List<Entry> found = entries.stream().filter(entry -> entry.isCalled(text)).toList();
    if (found.isEmpty()) {
      throw ApiProblem.noMember(inputs.id(), text);
    }
    if (found.size() > 1) {
      throw new ApiProblem(409, "ambiguous-member", "several members are called " + text)
          .with("pool", inputs.id())
          .with("member", text)
          .candidates(found.stream().map(MemberJson::brief).toList())
          .hint("name it by its address");
    }
    return found.getFirst();
  }

  /** What proxies have of the pool already, which a member without a conclusion may stay in. */
  static Map<Endpoint, ServerState> carried(View view, PoolId pool) {
    return PoolJson.carriers(view, pool)
        .flatMap(proxy -> proxy.status().desired().flatMap(state -> state.pool(pool)).stream())
        .flatMap(desired -> desired.members().stream())
        .collect(
            Collectors.toMap(
                DesiredMember::endpoint,
                DesiredMember::state,
                (a, b) -> a.compareTo(b) <= 0 ? a : b));
  }

  private static Map<MemberId, String> names(PoolInputs inputs, DesiredPool desired) {
    return MemberNames.of(
        Stream.concat(
                desired.absent().stream().map(AbsentMember::member),
                inputs.pool().members().stream().map(CatalogMember::member))
            .toList());
  }

  private static boolean isAddress(String text) {
    try {
      return !Address.parse(text).toString().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Knowledge knowledge(
      PoolInputs inputs, MemberId id, Optional<CatalogMember> known) {
    return new Knowledge(
        known,
        inputs.healthOf(id),
        inputs.overrides().stream().filter(override -> concerns(override, known, id)).toList());
  }

  private static boolean concerns(
      OperatorOverride override, Optional<CatalogMember> found, MemberId id) {
    if (override.action() instanceof OperatorOverride.Add add && add.member().id().equals(id)) {
      return true;
    }
    return found
        .map(known -> override.target().matches(known.member()))
        .orElseGet(() -> override.target() instanceof Target.One one && one.id().equals(id));
  }

  /**
   * One member.
   *
   * @param name in the proxies, or as it would be there
   * @param desired as the proxies shall carry it; absent where they shall not
   */
  record Entry(
      MemberId id,
      String name,
      Optional<DesiredMember> desired,
      Because because,
      Knowledge knowledge) {

    boolean isCalled(String text) {
      return name.equals(text) || id.address().toString().equals(text);
    }

    boolean begins(String text) {
      return name.startsWith(text) || id.address().toString().startsWith(text);
    }

    /** {@code ready}, {@code drain}, {@code maint}, or {@code absent} where no proxy has it. */
    String state() {
      return desired.map(member -> member.state().word()).orElse("absent");
    }
  }

  /**
   * What the decision on a member rests on.
   *
   * @param known as discovery has it; absent where only an operator added it
   * @param overrides those that concern it, oldest first
   */
  record Knowledge(Optional<CatalogMember> known, Health health, List<OperatorOverride> overrides) {
    Knowledge {
      overrides = List.copyOf(overrides);
    }

    /** The member as its source or the operator who added it describes it. */
    Optional<Member> described() {
      return known
          .map(CatalogMember::member)
          .or(() ->
              overrides.stream()
                  .map(OperatorOverride::action)
                  .filter(OperatorOverride.Add.class::isInstance)
                  .map(add -> ((OperatorOverride.Add) add).member())
                  .findFirst());
    }
  }
}
