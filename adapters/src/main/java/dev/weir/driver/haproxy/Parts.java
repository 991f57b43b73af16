package dev.weir.driver.haproxy;

import dev.weir.publish.Backups;
import dev.weir.publish.PublishedFile;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parts of one driver, each of which is there once. */
record Parts(
    HaproxyOptions options,
    List<Backend> backends,
    Time time,
    Talk talk,
    Planner planner,
    OwnFile file,
    Leftovers leftovers,
    Farewells farewells,
    ReadBack readBack,
    Master master,
    ConfigCheck check,
    UserFiles userFiles) {

  static Parts of(
      HaproxyOptions options, List<Backend> backends, Context<HaproxySurroundings> context) {
    ConfigText config = new ConfigText(context.proxy());
    ConfigCheck check = new ConfigCheck(options);
    Planner planner = new Planner(options.backends(), config, backends);
    Farewells farewells = new Farewells(planner, context.time());
    return new Parts(
        options,
        backends,
        context.time(),
        new Talk(options.sockets(), config.variable(), context.checkpoints()),
        planner,
        new OwnFile(file(options, context), check, context.time()),
        new Leftovers(context.time()),
        farewells,
        new ReadBack(backends, farewells),
        new Master(options),
        check,
        new UserFiles(options.config()));
  }

  private static PublishedFile file(HaproxyOptions options, Context<HaproxySurroundings> context) {
    return new PublishedFile(
        options.backends(),
        context.checkpoints(),
        StandardCharsets.UTF_8,
        new Backups(context.backups(), context.time()::now));
  }
}
