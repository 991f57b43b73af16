package dev.weir.testkit.fake;

import dev.weir.model.Address;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The reference implementation keeps the contract that it is the reference of. */
final class MemoryUpstreamTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return new World();
  }

  private static final class World implements SourceWorld {

    private static final PoolId POOL = new PoolId("web");

    private final MemoryUpstream upstream = new MemoryUpstream(Time.SYSTEM, Duration.ofMillis(100));

    @Override
    public Source source() {
      return upstream.source();
    }

    @Override
    public void hold(List<String> names) {
      upstream.hold(members(names));
    }

    @Override
    public void fail(Fault fault) {
      switch (fault) {
        case SILENT -> upstream.hang();
        case GONE, HALF, NONSENSE, NOTHING -> upstream.fail("failed: " + fault);
      }
    }

    @Override
    public void stir() {
      upstream.stir();
    }

    @Override
    public void rewind(List<String> names) {
      upstream.rewind(members(names));
    }

    @Override
    public Map<Ability, String> unable() {
      return Map.of();
    }

    @Override
    public void close() {
      // nothing is open
    }

    private static List<Member> members(List<String> names) {
      SourceName source = SourceName.of(POOL, "memory");
      return names.stream()
          .map(name ->
              Member.of(new MemberId(POOL, Address.parse(name + ":80")), source).withName(name))
          .toList();
    }
  }
}
