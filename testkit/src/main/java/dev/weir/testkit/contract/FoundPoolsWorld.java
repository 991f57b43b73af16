package dev.weir.testkit.contract;

import dev.weir.model.Address;
import dev.weir.model.FoundPool;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The world of a source as one that finds pools: what it holds are pools, by name. A finder of
 * pools is looked at as a source whose members are the pools, so that it has to keep the same
 * contract.
 */
public final class FoundPoolsWorld implements SourceWorld {

  private static final PoolId POOL = new PoolId("set");
  private static final SourceName NAME = SourceName.of(POOL, "pools");

  private final SourceWorld world;
  private final Supplier<PoolFinder> finder;

  /**
   * @param world in which a pool of each name stands for a member of that name
   * @param finder makes what finds them
   */
  public FoundPoolsWorld(SourceWorld world, Supplier<PoolFinder> finder) {
    this.world = world;
    this.finder = finder;
  }

  @Override
  public Source source() {
    PoolFinder found = finder.get();
    return sink -> found.watch(report -> sink.report(asMembers(report)));
  }

  private static SourceReport asMembers(PoolsReport report) {
    return switch (report) {
      case PoolsReport.Unavailable unavailable ->
          new SourceReport.Unavailable(unavailable.reason());
      case PoolsReport.Complete complete ->
          SourceReport.Complete.of(complete.pools().stream().map(FoundPoolsWorld::member).toList());
    };
  }

  private static Member member(FoundPool pool) {
    Address address = Address.of("10.0.0." + (int) pool.key().charAt(0), 80);
    return Member.of(new MemberId(POOL, address), NAME).withName(pool.key());
  }

  @Override
  public void hold(List<String> names) throws Exception {
    world.hold(names);
  }

  @Override
  public void fail(Fault fault) throws Exception {
    world.fail(fault);
  }

  @Override
  public void stir() throws Exception {
    world.stir();
  }

  @Override
  public void rewind(List<String> names) throws Exception {
    world.rewind(names);
  }

  @Override
  public Map<Ability, String> unable() {
    return world.unable();
  }

  @Override
  public Duration patience() {
    return world.patience();
  }

  @Override
  public void close() throws IOException {
    world.close();
  }
}
