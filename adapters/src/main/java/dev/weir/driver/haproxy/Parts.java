package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.HaproxyOptions.Kept;
import dev.weir.driver.haproxy.KeptFiles.Whose;
import dev.weir.model.PoolId;
import dev.weir.publish.Backups;
import dev.weir.publish.PublishedFile;
import dev.weir.rendered.CarriedPool;
import dev.weir.rendered.Renderer;
import dev.weir.rendered.TemplateCheck;
import dev.weir.rendered.TemplateFile;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of one driver, each of which is there once. */
record Parts(
    HaproxyOptions options,
    List<Backend> backends,
    Time time,
    Talk talk,
    Planning planner,
    LoadedFiles loaded,
    Layout layout,
    KeptFiles files,
    FrozenBackends frozen,
    Isolation isolation,
    Leftovers leftovers,
    Farewells farewells,
    ReadBack readBack,
    Master master,
    KnownProcesses known,
    ConfigCheck check,
    UserFiles userFiles,
    Optional<TemplateCheck> template) {

  static Parts of(HaproxyOptions options, Context<HaproxySurroundings> context)
      throws SetupException {
    List<Backend> backends = Backend.all(context.pools());
    ConfigText config = new ConfigText(context.proxy());
    LoadedFiles loaded = LoadedFiles.of(options);
    ConfigCheck check = new ConfigCheck(options, loaded);
    Layout layout = layout(options, loaded, backends, config);
    FrozenBackends frozen = new FrozenBackends();
    Optional<Renderer> renderer = options.template().map(file -> renderer(file, config, context));
    Planning planner =
        renderer
            .<Planning>map(from ->
                new TemplatePlanner(loaded.kept().getFirst(), config.variable(), backends, from))
            .orElseGet(() -> new Planner(layout, backends, frozen));
    planner.startsBy(StartUp.step(options));
    KeptFiles files =
        new KeptFiles(published(loaded, context), loaded.whose(), check, context.time());
    Master master = new Master(options);
    Farewells farewells = new Farewells(planner, context.time());
    return new Parts(
        options,
        backends,
        context.time(),
        new Talk(options.sockets(), config.variable(), context.checkpoints()),
        planner,
        loaded,
        layout,
        files,
        frozen,
        new Isolation(files, check, layout, frozen),
        new Leftovers(context.time()),
        farewells,
        new ReadBack(backends, farewells),
        master,
        new KnownProcesses(master),
        check,
        new UserFiles(loaded.users()),
        renderer.map(from -> new TemplateCheck(from, pools(backends))));
  }

  private static Layout layout(
      HaproxyOptions options, LoadedFiles loaded, List<Backend> backends, ConfigText config)
      throws SetupException {
    return switch (options.kept()) {
      case Kept.OwnFile _ -> new OwnLayout(loaded.kept().getFirst(), config);
      case Kept.Rendered _ -> new RenderedLayout(new OwnLayout(loaded.kept().getFirst(), config));
      case Kept.UsersFiles _ -> new EditedLayout(config.variable(), Backend.inUsersFiles(backends));
    };
  }

  private static List<PoolId> pools(List<Backend> backends) {
    return backends.stream().map(Backend::pool).toList();
  }

  private static Renderer renderer(
      Path template, ConfigText config, Context<HaproxySurroundings> context) {
    Map<PoolId, CarriedPool> carried = new HashMap<>();
    for (Carried<HaproxySurroundings> pool : context.pools()) {
      HaproxySurroundings around = pool.surroundings();
      carried.put(
          pool.pool(),
          new CarriedPool(pool.as(), pool.kind(), around.directives(), around.server()));
    }
    return new Renderer(
        context.proxy(),
        new TemplateFile(template),
        new HaproxyDialect(config.variable()),
        carried);
  }

  private static List<PublishedFile> published(LoadedFiles loaded, Context<?> context) {
    Charset charset =
        loaded.whose() == Whose.WEIRS ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    Backups backups = new Backups(context.backups(), context.time()::now);
    return loaded.kept().stream()
        .map(file -> new PublishedFile(file, context.checkpoints(), charset, backups))
        .toList();
  }
}
