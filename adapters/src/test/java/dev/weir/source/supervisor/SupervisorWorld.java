package dev.weir.source.supervisor;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.net.HttpTarget;
import dev.weir.secret.Secret;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Relay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of a real supervisord, asked through a port that can fail. */
final class SupervisorWorld implements SourceWorld {

  static final List<String> PROGRAMS = List.of("alpha", "beta", "gamma");
  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "supervisor"), Time.SYSTEM);
  static final Supervisord.Rhythm HASTY =
      new Supervisord.Rhythm(Duration.ofMillis(20), Duration.ofMillis(500));

  private final RunningSupervisord server;
  private final Relay relay;
  private final Path password;

  SupervisorWorld(RunningSupervisord server, Path folder) throws IOException {
    this.server = server;
    this.relay = new Relay(FreePorts.one(), server.port());
    this.password = Files.writeString(folder.resolve("password"), "s3cret");
  }

  @Override
  public Source source() {
    return source(relay.port(), server.config(), password);
  }

  static Source source(int port, Path config, Path password) {
    Supervisord asked =
        new Supervisord(
            HttpTarget.parse("http://127.0.0.1:" + port),
            Optional.of(new Supervisord.Login("weir", new Secret.InFile(password))),
            config,
            HASTY);
    Pace pace = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));
    return new SupervisorSourceType(pace)
        .open(new SupervisorSourceType.Options(asked, Optional.empty()), CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException, InterruptedException {
    for (String program : PROGRAMS) {
      if (names.contains(program)) {
        server.start(program);
      } else {
        server.stop(program);
      }
    }
    relay.work();
  }

  @Override
  public void fail(Fault fault) throws IOException {
    relay.fail(fault);
  }

  @Override
  public void stir() throws IOException, InterruptedException {
    server.start("alpha");
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("a supervisord has no index");
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(Ability.REWIND, "a supervisord has no index");
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
