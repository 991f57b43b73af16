package dev.weir.source.docker;

import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.net.HttpTarget;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.FoundPoolsWorld;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A pretended engine whose containers are the members. */
final class FakeEngineWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "docker"), Time.SYSTEM);

  /** As usual, but a hundred times as impatient. */
  static final Pace HASTY =
      new Pace(
          Duration.ofMillis(300),
          Duration.ofMillis(200),
          Duration.ofMillis(10),
          Duration.ofMillis(50));

  private final FakeEngine engine;
  private final HttpTarget target;
  private final DockerSourceType type = new DockerSourceType(HASTY);
  private int life = 1;

  FakeEngineWorld(FakeEngine engine, HttpTarget target) {
    this.engine = engine;
    this.target = target;
  }

  /** The values of the label {@code weir.pool}. */
  static SourceWorld ofPools(FakeEngine engine, HttpTarget target) {
    LabelSearch search = new LabelSearch(new Engines(HASTY));
    Selection selection = new Selection(List.of("weir.pool"), Optional.empty(), Optional.empty());
    Addressing addressing = new Addressing.Published(OptionalInt.of(80), "127.0.0.1");
    LabelSearch.Search pools =
        new LabelSearch.Search(
            "weir.pool", new DockerSourceType.Options(selection, addressing, target));
    return new FoundPoolsWorld(
        new FakeEngineWorld(engine, target), () -> search.open(pools, Time.SYSTEM));
  }

  @Override
  public Source source() {
    Selection selection = new Selection(List.of("app=web"), Optional.empty(), Optional.empty());
    Addressing addressing = new Addressing.Published(OptionalInt.of(80), "127.0.0.1");
    return type.open(new DockerSourceType.Options(selection, addressing, target), CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException {
    engine.start();
    for (String id : engine.ids()) {
      if (!names.contains(name(id))) {
        engine.remove(id);
        engine.emit(event("die", id));
      }
    }
    for (String name : names) {
      if (!engine.ids().contains(id(name))) {
        engine.put(shown(name));
        engine.emit(event("start", id(name)));
      }
    }
  }

  private String id(String name) {
    return name + "-" + life;
  }

  private static String name(String id) {
    return id.substring(0, id.indexOf('-'));
  }

  private FakeEngine.Shown shown(String name) {
    String list =
        """
        {"Id":"%s","Names":["/%s"],"Image":"web:1","State":"running","Status":"Up 2 seconds",
         "Labels":{"app":"web","weir.pool":"%s"},
         "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":%d,"Type":"tcp"},
                  {"IP":"::","PrivatePort":80,"PublicPort":%d,"Type":"tcp"}],
         "NetworkSettings":{"Networks":{"bridge":{"IPAddress":"172.17.0.2"}}}}
        """
            .formatted(id(name), name, name, port(name), port(name));
    return new FakeEngine.Shown(id(name), list, "{\"State\":{\"StartedAt\":\"1\"},\"Config\":{}}");
  }

  private static int port(String name) {
    return 8000 + name.charAt(0);
  }

  static String event(String action, String id) {
    return "{\"Type\":\"container\",\"Action\":\"%s\",\"Actor\":{\"ID\":\"%s\",\"Attributes\":{\"name\":\"n\"}}}"
        .formatted(action, id);
  }

  @Override
  public void fail(Fault fault) throws IOException {
    engine.fail(fault);
  }

  @Override
  public void stir() throws IOException {
    engine.emit(event("rename", "somebody-else"));
    engine.emit(
        "{\"Type\":\"network\",\"Action\":\"create\",\"Actor\":{\"ID\":\"n\",\"Attributes\":{}}}");
  }

  @Override
  public void rewind(List<String> names) throws IOException {
    engine.ids().forEach(engine::remove);
    life++;
    engine.cut();
    hold(names);
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
