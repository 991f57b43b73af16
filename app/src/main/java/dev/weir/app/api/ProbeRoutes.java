package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.health.Candidate;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Probes a member once, for people, with all that is said. */
final class ProbeRoutes {

  private final View view;

  ProbeRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        new Route(Method.POST, "/v1/pools/{pool}/members/{name}/probe", Set.of(), this::probe));
  }

  private Answer probe(Request request) throws ApiProblem, InterruptedException {
    PoolInputs pool = PoolRoutes.named(view.inputs(), request);
    Roster.Entry member = Roster.of(view, pool).exact(request.path("name"));
    JsonObject ignored = request.json(Set.of());
    Notes transcript = new Notes(view.time());
    ProbeResult result =
        view.tryOut(new Candidate(member.id(), endpoint(pool, member.id())), transcript);
    return Answer.ok(
        new JsonObject()
            .with("pool", pool.id())
            .with("member", member.name())
            .with("address", member.id().address())
            .with("check", PoolJson.check(pool.policy()))
            .with("passed", result.passed())
            .with("result", result.kind().name().toLowerCase(Locale.ROOT))
            .with("detail", result.detail())
            .with("took_seconds", result.took())
            .with("transcript", transcript.lines));
  }

  private static Endpoint endpoint(PoolInputs pool, MemberId member) throws ApiProblem {
    return switch (member.address()) {
      case Endpoint endpoint -> endpoint;
      case Address.Host host ->
          Optional.ofNullable(pool.resolved().get(host))
              .orElseThrow(() ->
                  new ApiProblem(409, "unresolved", host.name() + " was not resolved yet")
                      .with("pool", pool.id())
                      .with("member", host));
    };
  }

  /** Lines with the time since the beginning. */
  private static final class Notes implements Transcript {
    private final List<JsonObject> lines = new ArrayList<>();
    private final Time time;
    private final long start;

    Notes(Time time) {
      this.time = time;
      this.start = time.nanos();
    }

    @Override
    public void line(Voice voice, String text) {
      lines.add(
          new JsonObject()
              .with("at_seconds", Duration.ofNanos(time.nanos() - start))
              .with("voice", voice.name().toLowerCase(Locale.ROOT))
              .with("text", text));
    }
  }
}
