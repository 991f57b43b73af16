package dev.weir.driver.nginx;

import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import dev.weir.rendered.CarriedPool;
import dev.weir.rendered.Dialect;
import java.util.List;
import java.util.Set;

/**
 * What a template for nginx places: the confirm server, and beside it those that answer for empty
 * pools, because nginx refuses an upstream without servers.
 */
record NginxDialect(Endpoint.Ip confirm, EmptyAnswers answers, Set<PoolId> http)
    implements Dialect {

  @Override
  public String address(Endpoint endpoint) {
    return endpoint.toString();
  }

  @Override
  public String substitute(DesiredPool pool, CarriedPool how) {
    return Substitute.of(pool, how.kind(), answers)
        .map(server -> server.endpoint() + " " + server.parameters())
        .orElse("");
  }

  /** nginx refuses backups beside nobody: while no other member is ready they are as any. */
  @Override
  public boolean isBackup(DesiredPool pool, DesiredMember member) {
    return member.backup()
        && pool.members().stream().anyMatch(m -> m.state() == ServerState.READY && !m.backup());
  }

  @Override
  public String mark(DesiredState desired, String fingerprint) {
    List<DesiredPool> pools =
        desired.pools().stream().filter(pool -> http.contains(pool.id())).toList();
    return answers.servers(pools, Set.of())
        + UpstreamsText.confirmServer(confirm.toString(), fingerprint);
  }

  @Override
  public String place() {
    return "inside http { }";
  }
}
