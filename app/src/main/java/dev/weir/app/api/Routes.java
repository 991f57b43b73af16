package dev.weir.app.api;

import dev.weir.engine.journal.Journal;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All that the API answers, whatever serves it. */
public final class Routes {

  /** How often it is looked whether the start is over. */
  private static final Duration START = Duration.ofMillis(100);

  private final List<Route> all;
  private final HttpMeters meters;
  private final Tokens tokens;
  private final Time time;
  private final View view;
  private final Journal journal;

  /**
   * @param counted told of the store's writes and the sources' reports by those who see them
   */
  public Routes(View view, Commands commands, Meters counted) {
    this.view = view;
    this.meters = new HttpMeters();
    this.tokens = view.tokens();
    this.time = view.time();
    this.journal = view.journal();
    EventRoutes events = new EventRoutes(view);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new StatusRoutes(view).routes());
    routes.addAll(new OpenApi().routes());
    routes.addAll(new PoolRoutes(view).routes());
    routes.addAll(new ServerRoutes(view).routes());
    routes.addAll(new SizeRoutes(view).routes());
    routes.addAll(new LogRoutes(view).routes());
    routes.addAll(new ProbeRoutes(view).routes());
    Decisions decisions = new Decisions(commands);
    routes.addAll(new MemberWrites(view, decisions).routes());
    routes.addAll(new OverrideRoutes(view, decisions).routes());
    routes.addAll(new ProxyRoutes(view).routes());
    routes.addAll(new PauseRoutes(view).routes());
    routes.addAll(new TokenRoutes(view).routes());
    routes.addAll(new RevisionRoutes(view).routes());
    routes.addAll(new RollbackRoutes(view).routes());
    routes.addAll(new JobRoutes(view).routes());
    routes.addAll(new ExplainRoutes(view).routes());
    routes.addAll(events.routes());
    Metrics metrics = new Metrics(view, counted, meters, events::subscribers);
    routes.add(Route.get("/metrics", Set.of(), request -> metrics.answer()));
    routes.addAll(new ReportRoutes(view, routes).routes());
    routes.addAll(new XmlRpcRoutes(new XmlRpcMethods(view, routes)).routes());
    this.all = List.copyOf(routes);
  }

  /** Does the long things that people want done, until interrupted; to be run by one thread. */
  public void workOff() throws InterruptedException {
    while (!view.inputs().started()) {
      time.sleep(START); // members are not known before
    }
    view.jobs().run(new JobWork(all, time));
  }

  List<Route> all() {
    return all;
  }

  Tokens tokens() {
    return tokens;
  }

  Time time() {
    return time;
  }

  Journal journal() {
    return journal;
  }

  HttpMeters meters() {
    return meters;
  }
}
