package dev.weir.app.api;

import dev.weir.app.api.Confirmation.Goal;
import dev.weir.app.api.Confirmation.Named;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.resolve.Shares;
import dev.weir.model.Member;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolInputs;
import dev.weir.model.Quoted;
import dev.weir.model.Split;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What operators have decided: a list, decisions about several members at once, and taking them
 * back. A selector also concerns members that come later.
 */
final class OverrideRoutes {

  private static final Set<String> FIELDS =
      Set.of("pool", "members", "labels", "action", "weight", "by", "shares_percent", "force");

  private final View view;
  private final Decisions decisions;
  private final Confirmation confirmation;

  OverrideRoutes(View view, Decisions decisions) {
    this.view = view;
    this.decisions = decisions;
    this.confirmation = new Confirmation(view);
  }

  List<Route> routes() {
    Set<String> wait = Set.of(Confirmation.PARAMETER);
    return List.of(
        Route.get("/v1/overrides", Set.of("limit", "cursor", "pool"), this::overrides),
        new Route(Method.POST, "/v1/overrides", wait, this::decide),
        new Route(Method.DELETE, "/v1/overrides/{id}", wait, this::clear));
  }

  private Answer overrides(Request request) throws ApiProblem {
    Optional<String> pool = request.query("pool");
    List<OperatorOverride> found =
        all().stream().filter(o -> pool.isEmpty() || concerns(o, pool.get())).toList();
    return Page.of(request).answer(found, OverrideJson::id, this::shown);
  }

  private static boolean concerns(OperatorOverride override, String pool) {
    return override.target().onlyPool().map(only -> only.value().equals(pool)).orElse(true);
  }

  /** With how many members it concerns now: none means that it waits for one to come. */
  private JsonObject shown(OperatorOverride override) {
    long matches =
        view.inputs().pools().values().stream()
            .flatMap(pool -> pool.pool().members().stream())
            .filter(member -> concerns(override, member.member()))
            .count();
    return OverrideJson.of(override).with("matches", matches);
  }

  /** A split concerns the members of its groups. */
  private static boolean concerns(OperatorOverride override, Member member) {
    return override.target().matches(member)
        && !(override.action() instanceof OperatorOverride.Shared(Split split)
            && Shares.groupOf(split, member).isEmpty());
  }

  private List<OperatorOverride> all() {
    return view.inputs().pools().values().stream()
        .flatMap(pool -> pool.overrides().stream())
        .distinct()
        .sorted(Comparator.comparing(OverrideJson::id))
        .toList();
  }

  private Answer decide(Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Duration> wait = Confirmation.asked(request);
    WriteBody body = WriteBody.of(request, FIELDS);
    List<Target> targets = targets(view, body.json());
    Optional<OperatorOverride.Action> action = action(body);
    OperatorOverride.Attribution attribution = body.attribution(request, view);
    List<OperatorOverride> wanted =
        action.stream()
            .flatMap(it -> targets.stream().map(to -> new OperatorOverride(to, it, attribution)))
            .toList();
    List<Command.OverrideCommand> commands = new ArrayList<>();
    wanted.forEach(o -> commands.add(new Command.SetOverride(o, Optional.of(request.id()))));
    if (action.isEmpty()) {
      targets.forEach(
          to -> commands.add(new Command.ClearOverride(to, Slot.STATE, request.author())));
    }
    long generation =
        decisions.take(
            body.force() == Force.FORCED ? Decisions::none : new Guarded(view, wanted)::check,
            new Command.Together(commands));
    boolean drains = action.orElse(null) instanceof OperatorOverride.Drain;
    return confirmation.answer(
        new Goal(targets.getFirst().onlyPool(), generation, drains ? matching(targets) : Set.of()),
        wait,
        new JsonObject().with("overrides", wanted.stream().map(OverrideJson::of).toList()));
  }

  private Answer clear(Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Duration> wait = Confirmation.asked(request);
    String id = request.path("id");
    OperatorOverride override =
        all().stream()
            .filter(it -> OverrideJson.id(it).equals(id))
            .findFirst()
            .orElseThrow(() ->
                new ApiProblem(
                        404, "no-such-override", "nothing decided has the id " + Quoted.of(id))
                    .hint("weir overrides lists them"));
    Command clear = new Command.ClearOverride(override.target(), override.slot(), request.author());
    long generation = decisions.take(Decisions::none, clear);
    return confirmation.answer(
        new Goal(override.target().onlyPool(), generation, Set.of()),
        wait,
        new JsonObject().with("cleared", OverrideJson.of(override)));
  }

  /** The members that are concerned now. */
  private Set<Named> matching(List<Target> targets) {
    Set<Named> named = new HashSet<>();
    for (PoolInputs pool : view.inputs().pools().values()) {
      for (Roster.Entry entry : Roster.of(view, pool).entries()) {
        Optional<Member> member = entry.knowledge().described();
        if (member.isPresent() && targets.stream().anyMatch(to -> to.matches(member.get()))) {
          named.add(new Named(pool.id(), entry.name()));
        }
      }
    }
    return named;
  }

  /** Members by name or address, or all with some labels; never a whole pool without a word. */
  static List<Target> targets(View view, JsonObject body) throws ApiProblem {
    List<String> members = body.texts("members");
    SortedMap<String, String> labels = MemberWrites.labels(body);
    Optional<String> pool = body.text("pool");
    if (SplitBody.isOne(body)) {
      return List.of(Target.pool(PoolRoutes.named(view.inputs(), SplitBody.pool(body)).id()));
    }
    if (members.isEmpty() == labels.isEmpty()) {
      throw ApiProblem.badRequest("neither or both of members and labels (expected: one of them)");
    }
    if (pool.isEmpty() && labels.isEmpty()) {
      throw ApiProblem.badRequest("pool: missing (expected: the pool of the members)");
    }
    if (pool.isEmpty()) {
      return List.of(new Target.Everywhere(labels));
    }
    PoolInputs inputs = PoolRoutes.named(view.inputs(), pool.get());
    if (!labels.isEmpty()) {
      return List.of(new Target.InPool(inputs.id(), labels));
    }
    Roster roster = Roster.of(view, inputs);
    List<Target> targets = new ArrayList<>();
    for (String member : members) {
      targets.add(new Target.One(roster.exact(member).id()));
    }
    return targets;
  }

  /** Absent for enable, which takes back what was decided. */
  private static Optional<OperatorOverride.Action> action(WriteBody body) throws ApiProblem {
    String word = body.json().text("action").orElse("");
    return switch (word) {
      case "enable" -> Optional.empty();
      case "disable" -> Optional.of(new OperatorOverride.Disable());
      case "drain" -> Optional.of(new OperatorOverride.Drain());
      case "pin" -> Optional.of(new OperatorOverride.Pin());
      case "remove" -> Optional.of(new OperatorOverride.Remove());
      case "weight" -> Optional.of(body.newWeight());
      case SplitBody.ACTION -> Optional.of(SplitBody.read(body.json()));
      default ->
          throw ApiProblem.badRequest(
              "action: %s (expected: enable, disable, drain, pin, remove, weight or split)"
                  .formatted(Quoted.of(word)));
    };
  }
}
