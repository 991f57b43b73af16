package dev.weir.app.api;

import dev.weir.app.api.Confirmation.Goal;
import dev.weir.app.api.Confirmation.Named;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.model.Address;
import dev.weir.model.Author;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.SourceName;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what operators decide about members. Everything is checked before the first command is
 * sent.
 */
final class MemberWrites {

  /** The kind of the list of members that operators have added. */
  private static final String OPERATOR = "operator";

  private final View view;
  private final Decisions decisions;
  private final Confirmation confirmation;

  MemberWrites(View view, Decisions decisions) {
    this.view = view;
    this.decisions = decisions;
    this.confirmation = new Confirmation(view);
  }

  List<Route> routes() {
    Set<String> wait = Set.of(Confirmation.PARAMETER);
    return List.of(
        new Route(Method.POST, "/v1/pools/{pool}/members", wait, this::add),
        new Route(Method.PATCH, "/v1/pools/{pool}/members/{name}", wait, this::change),
        new Route(
            Method.DELETE,
            "/v1/pools/{pool}/members/{name}",
            Set.of(Confirmation.PARAMETER, "reason", "for", "force"),
            this::remove),
        new Route(Method.POST, "/v1/pools/{pool}/release", wait, this::release));
  }

  private Answer add(Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Duration> wait = Confirmation.asked(request);
    PoolInputs pool = PoolRoutes.named(view.inputs(), request);
    WriteBody body = WriteBody.of(request, Set.of("address", "name", "weight", "backup", "labels"));
    Member member = described(pool.id(), body.json());
    Command command =
        hiddenOnly(pool, member.id(), body.json())
            ? clear(member.id(), Slot.MEMBERSHIP, request)
            : set(
                member.id(),
                new OperatorOverride.Add(member),
                body.attribution(request, view),
                request);
    long generation = decisions.take(Decisions::none, command);
    return confirmation.added(
        member.id(), generation, wait, new JsonObject().with("address", member.id().address()));
  }

  private Answer change(Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Duration> wait = Confirmation.asked(request);
    Roster.Entry entry = entry(request);
    MemberId id = entry.id();
    WriteBody body = WriteBody.of(request, Set.of("state", "weight", "force"));
    List<WriteBody.Decision> changes = body.decisions();
    if (changes.isEmpty()) {
      throw ApiProblem.badRequest("nothing to change (expected: state or weight)");
    }
    OperatorOverride.Attribution attribution = body.attribution(request, view);
    List<Command.OverrideCommand> commands = new ArrayList<>();
    for (WriteBody.Decision change : changes) {
      commands.add(
          change.action().isPresent()
              ? set(id, change.action().get(), attribution, request)
              : clear(id, change.slot(), request));
    }
    long generation = take(request, id, body.force(), commands);
    boolean drains = changes.stream().anyMatch(WriteBody.Decision::drains);
    Set<Named> drained = drains ? Set.of(new Named(id.pool(), entry.name())) : Set.of();
    Goal goal = new Goal(Optional.of(id.pool()), generation, drained);
    return confirmation.answer(goal, wait, new JsonObject().with("address", id.address()));
  }

  private Answer remove(Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Duration> wait = Confirmation.asked(request);
    PoolInputs pool = PoolRoutes.named(view.inputs(), request);
    MemberId id = member(request);
    Command.OverrideCommand command =
        discovered(pool, id)
            ? set(
                id,
                new OperatorOverride.Remove(),
                WriteBody.attribution(
                    request, view, request.query("reason"), request.duration("for")),
                request)
            : clear(id, Slot.MEMBERSHIP, request);
    boolean forced = request.query("force").filter("true"::equals).isPresent();
    Force force = forced ? Force.FORCED : Force.GUARDED;
    return answer(id, take(request, id, force, List.of(command)), wait);
  }

  /** Carries commands about one member out, unless somebody was quicker or the guard refuses. */
  private long take(
      Request request, MemberId id, Force force, List<Command.OverrideCommand> commands)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    List<OperatorOverride> wanted =
        commands.stream()
            .filter(Command.SetOverride.class::isInstance)
            .map(command -> ((Command.SetOverride) command).override())
            .toList();
    return decisions.take(
        () -> {
          PoolInputs now = PoolRoutes.named(view.inputs(), request);
          Unchanged.check(request, Roster.of(view, now).of(id));
          if (force == Force.GUARDED) {
            new Guarded(view, wanted).check();
          }
        },
        new Command.Together(commands));
  }

  private Answer release(Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Duration> wait = Confirmation.asked(request);
    PoolId pool = PoolRoutes.named(view.inputs(), request).id();
    JsonObject body = request.json(Set.of("deny"));
    Author who = request.author();
    Command command =
        body.isTrue("deny") ? new Command.Deny(pool, who) : new Command.Release(pool, who);
    long generation = decisions.take(Decisions::none, command);
    return confirmation.answer(Goal.of(pool, generation), wait, new JsonObject());
  }

  private static Command.OverrideCommand set(
      MemberId id, Action action, OperatorOverride.Attribution attribution, Request request) {
    return new Command.SetOverride(
        new OperatorOverride(new Target.One(id), action, attribution), Optional.of(request.id()));
  }

  private static Command.OverrideCommand clear(MemberId id, Slot slot, Request request) {
    return new Command.ClearOverride(new Target.One(id), slot, request.author());
  }

  private Answer answer(MemberId id, long generation, Optional<Duration> wait)
      throws InterruptedException {
    return confirmation.answer(
        Goal.of(id.pool(), generation), wait, new JsonObject().with("address", id.address()));
  }

  private MemberId member(Request request) throws ApiProblem {
    return entry(request).id();
  }

  private Roster.Entry entry(Request request) throws ApiProblem {
    PoolInputs pool = PoolRoutes.named(view.inputs(), request);
    return Roster.of(view, pool).exact(request.path("name"));
  }

  /** Whether the member is discovered and merely hidden, and nothing about it is said anew. */
  private static boolean hiddenOnly(PoolInputs pool, MemberId id, JsonObject body) {
    return discovered(pool, id)
        && body.fields().keySet().stream().allMatch(Set.of("address", "reason")::contains);
  }

  /**
   * Whether anybody but an operator names the member: those who are added are in the catalog too.
   */
  private static boolean discovered(PoolInputs pool, MemberId id) {
    List<SourceName> onlyAdded = List.of(SourceName.of(pool.id(), OPERATOR));
    return pool.pool().find(id).filter(member -> !member.sources().equals(onlyAdded)).isPresent();
  }

  private static Member described(PoolId pool, JsonObject body) throws ApiProblem {
    String address =
        body.text("address")
            .orElseThrow(() -> ApiProblem.badRequest("address: missing (expected: HOST:PORT)"));
    try {
      Member member =
          new Member(
              new MemberId(pool, Address.parse(address)),
              body.text("name"),
              (int) Math.min(body.number("weight").orElse(1), Integer.MAX_VALUE),
              body.isTrue("backup"),
              Condition.READY,
              labels(body),
              SourceName.of(pool, OPERATOR));
      return member;
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest(String.valueOf(e.getMessage())).with("pool", pool);
    }
  }

  static SortedMap<String, String> labels(JsonObject body) throws ApiProblem {
    SortedMap<String, String> labels = new TreeMap<>();
    JsonObject written = body.object("labels").orElse(new JsonObject());
    for (String key : written.fields().keySet()) {
      labels.put(
          key,
          written
              .text(key)
              .orElseThrow(() -> ApiProblem.badRequest("labels: " + key + " (expected: a text)")));
    }
    return labels;
  }
}
