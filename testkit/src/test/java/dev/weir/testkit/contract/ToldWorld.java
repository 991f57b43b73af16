package dev.weir.testkit.contract;

import dev.weir.model.Address;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.spi.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A world that tells its sources right away what they should report; what they do is theirs. */
final class ToldWorld implements SourceWorld {

  private static final PoolId POOL = new PoolId("web");

  private final Function<BlockingQueue<SourceReport>, Source> maker;
  private final List<BlockingQueue<SourceReport>> sources = new CopyOnWriteArrayList<>();
  private SourceReport latest = Complete.of(List.of());

  /**
   * A world without members.
   *
   * @param maker makes a source of what it is told, beginning with what is so now
   */
  ToldWorld(Function<BlockingQueue<SourceReport>, Source> maker) {
    this.maker = maker;
  }

  @Override
  public Source source() {
    BlockingQueue<SourceReport> news = new LinkedBlockingQueue<>(List.of(latest));
    sources.add(news);
    return maker.apply(news);
  }

  private void tell(SourceReport report) {
    latest = report;
    sources.forEach(news -> news.add(report));
  }

  @Override
  public void hold(List<String> names) {
    tell(Complete.of(names.stream().map(ToldWorld::member).toList()));
  }

  private static Member member(String name) {
    MemberId id = new MemberId(POOL, Address.parse(name + ":80"));
    return Member.of(id, SourceName.of(POOL, "told")).withName(name);
  }

  @Override
  public void fail(Fault fault) {
    tell(new Unavailable(fault.toString()));
  }

  @Override
  public void stir() {
    tell(latest);
  }

  @Override
  public void rewind(List<String> names) {
    hold(names);
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of();
  }

  @Override
  public Duration patience() {
    return Duration.ofMillis(300);
  }

  @Override
  public void close() {
    // nothing is open
  }
}
