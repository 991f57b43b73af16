package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.HaproxyOptions.Kept;
import dev.weir.haproxyconf.Configuration;
import dev.weir.model.PoolKind;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** HAProxy 2.6 and later in master-worker mode. */
public final class HaproxyDriverType
    implements ProxyDriverType<HaproxyOptions, HaproxySurroundings> {

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public Shape<HaproxyOptions> options() {
    return HaproxyOptions.SHAPE;
  }

  @Override
  public Shape<HaproxySurroundings> surroundings() {
    return HaproxySurroundings.SHAPE;
  }

  @Override
  public HaproxySurroundings defaultSurroundings() {
    return HaproxySurroundings.NONE;
  }

  @Override
  public List<String> owned(HaproxyOptions options) {
    return switch (options.kept()) {
      case Kept.OwnFile(Path file) -> List.of("file " + file);
      case Kept.Rendered(Path file, Path template) -> List.of("file " + file);
      case Kept.UsersFiles users -> users.patterns().stream().map(file -> "file " + file).toList();
    };
  }

  @Override
  public boolean checksMembers() {
    return true;
  }

  @Override
  public boolean turnsServers() {
    return true;
  }

  @Override
  public Optional<String> refusal(HaproxyOptions options, PoolKind kind) {
    return kind == PoolKind.UDP
        ? Optional.of("kind udp (expected: http or tcp; HAProxy passes no datagrams on)")
        : Optional.empty();
  }

  @Override
  public List<Path> configuration(HaproxyOptions options) {
    return Configuration.expanded(options.config());
  }

  @Override
  public ProxyDriver open(HaproxyOptions options, Context<HaproxySurroundings> context)
      throws SetupException {
    return switch (context.access()) {
      case OWN, LOOK -> new HaproxyDriver(options, context);
      case STATES -> new StatesDriver(options, context);
    };
  }
}
