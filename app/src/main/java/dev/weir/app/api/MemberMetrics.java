package dev.weir.app.api;

import dev.weir.engine.health.LastLook;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import dev.weir.spi.ServerRow;
import dev.weir.spi.ServerRow.Opinion.Word;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The families about single members, and about the servers that proxies have for them. They grow
 * with the members and ask the proxies at each request, so that they are there only where they are
 * wanted.
 */
final class MemberMetrics {

  private final Family state =
      Family.gauge("weir_member_state", "Whether a member shall be in this state.");
  private final Family looks =
      Family.gauge("weir_member_check_duration_seconds", "How long the last probe took.");
  private final Family checkUp =
      Family.gauge("weir_server_check_up", "What the proxy's own check has concluded.");
  private final Family sessions = Family.gauge("weir_server_open_sessions", "Sessions that go on.");
  private final Family queue =
      Family.gauge("weir_server_queue", "Requests that wait for the server.");
  private final Family rate =
      Family.gauge("weir_server_session_rate", "Sessions begun in the last second.");
  private final Family total =
      Family.counter("weir_server_sessions_total", "Sessions since the proxy was loaded.");
  private final Family errors =
      Family.counter("weir_server_errors_total", "Connections and answers that failed since then.");
  private final Family changed =
      Family.gauge(
          "weir_server_last_change_timestamp_seconds", "When the proxy last changed its status.");

  /** One server in one proxy, as all of that proxy's processes together count it. */
  private record Sum(ServerRow.Load load, boolean up, boolean checked, Instant changed) {

    static Sum of(ServerRow row, Instant now) {
      return new Sum(
          row.load(),
          row.opinion().filter(opinion -> opinion.word() == Word.UP).isPresent(),
          row.opinion().isPresent(),
          now.minus(row.lastChange()));
    }

    Sum and(Sum other) {
      return new Sum(
          new ServerRow.Load(
              load.sessions() + other.load.sessions(),
              load.queue() + other.load.queue(),
              load.rate() + other.load.rate(),
              load.total() + other.load.total(),
              load.errors() + other.load.errors()),
          up || other.up,
          checked || other.checked,
          changed.isAfter(other.changed) ? changed : other.changed);
    }
  }

  List<Family> gather(View view) {
    for (PoolInputs pool : view.inputs().pools().values()) {
      Roster roster = Roster.of(view, pool);
      roster.desired().members().forEach(member -> member(view, pool.id(), member));
      PoolJson.carriers(view, pool.id()).forEach(proxy -> servers(view, proxy, roster));
    }
    return List.of(state, looks, checkUp, sessions, queue, rate, total, errors, changed);
  }

  private void member(View view, PoolId pool, DesiredMember member) {
    for (ServerState one : ServerState.values()) {
      var _ =
          state.set(
              member.state() == one,
              "pool",
              pool.value(),
              "member",
              member.name(),
              "state",
              one.word());
    }
    view.lastLook(member.id())
        .map(LastLook::result)
        .ifPresent(result ->
            looks.set(
                result.took().toNanos() / 1e9, "pool", pool.value(), "member", member.name()));
  }

  private void servers(View view, ProxyView proxy, Roster roster) {
    Map<Endpoint, String> names = new HashMap<>();
    roster.desired().members().forEach(member -> names.put(member.endpoint(), member.name()));
    Map<String, Sum> sums = new HashMap<>();
    for (ServerRow row : rows(proxy, roster.inputs().id())) {
      String name = row.endpoint().map(names::get).orElse(row.server());
      sums.merge(name, Sum.of(row, view.time().now()), Sum::and);
    }
    sums.forEach((member, sum) -> {
      String[] labels = {
        "proxy", proxy.proxy().name().value(),
        "pool", roster.inputs().id().value(),
        "member", member
      };
      var _ = sessions.set((double) sum.load().sessions(), labels);
      var _ = queue.set((double) sum.load().queue(), labels);
      var _ = rate.set((double) sum.load().rate(), labels);
      var _ = total.count(sum.load().total(), labels);
      var _ = errors.count(sum.load().errors(), labels);
      var _ = changed.set(sum.changed(), labels);
      if (sum.checked()) {
        var _ = checkUp.set(sum.up(), labels);
      }
    });
  }

  /** One that cannot be asked has none at this request; another family says that it is down. */
  private static List<ServerRow> rows(ProxyView proxy, PoolId pool) {
    try {
      return proxy.rows(pool);
    } catch (IOException silent) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
