package dev.weir.app.api;

import java.util.ArrayList;
import java.util.List;

/** All that the API answers, whatever serves it. */
public final class Routes {

  private final List<Route> all;
  private final HttpMeters meters;

  public Routes(View view, Commands commands) {
    this.meters = new HttpMeters();
    EventRoutes events = new EventRoutes(view);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new StatusRoutes(view).routes());
    routes.addAll(new PoolRoutes(view).routes());
    routes.addAll(new MemberWrites(view, commands).routes());
    routes.addAll(new ProxyRoutes(view).routes());
    routes.addAll(new ExplainRoutes(view).routes());
    routes.addAll(events.routes());
    this.all = List.copyOf(routes);
  }

  List<Route> all() {
    return all;
  }

  HttpMeters meters() {
    return meters;
  }
}
