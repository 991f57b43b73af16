package dev.weir.source.statics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.memberlist.MemberEntry;
import dev.weir.model.Address;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StaticSourceTest extends SourceContract {

  private static final PoolId POOL = new PoolId("web");
  private static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "static"), Time.SYSTEM);

  @Override
  protected SourceWorld world() {
    return new Configuration();
  }

  @Test
  void leavingTheListIsHardEvidence() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("alpha"));
      try (WatchedSource watched = WatchedSource.start(world.source(), Duration.ofSeconds(5))) {
        Complete report = watched.awaitMembers(Set.of("alpha"));
        assertThat(report.absence()).isEqualTo(Absence.ENDED);
        assertThat(report.members().getFirst().source()).isEqualTo(CONTEXT.name());
      }
    }
  }

  @Test
  void anEmptyListIsNoMembers() throws Exception {
    try (SourceWorld world = world();
        WatchedSource watched = WatchedSource.start(world.source(), Duration.ofSeconds(5))) {
      assertThat(watched.awaitMembers(Set.of()).members()).isEmpty();
    }
  }

  /** A configuration that lists members, fixed when a source is opened. */
  private static final class Configuration implements SourceWorld {
    private final List<MemberEntry> entries = new ArrayList<>();

    @Override
    public Source source() {
      return new StaticSourceType().open(new StaticSourceType.Options(entries), CONTEXT);
    }

    @Override
    public void hold(List<String> names) {
      entries.clear();
      names.forEach(name -> entries.add(entry(name)));
    }

    private static MemberEntry entry(String name) {
      Address address = Address.parse("10.0.0." + (int) name.charAt(0) + ":80");
      return new MemberEntry(address, Optional.of(name), 1, false, Collections.emptySortedMap());
    }

    @Override
    public void fail(Fault fault) {
      throw new UnsupportedOperationException("a list cannot fail");
    }

    @Override
    public void stir() {
      throw new UnsupportedOperationException("a list does not move");
    }

    @Override
    public void rewind(List<String> names) {
      throw new UnsupportedOperationException("a list has no index");
    }

    @Override
    public Map<Ability, String> unable() {
      Map<Ability, String> unable = new EnumMap<>(Ability.class);
      for (Ability ability : Ability.values()) {
        unable.put(ability, "the list is part of the configuration");
      }
      return unable;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
