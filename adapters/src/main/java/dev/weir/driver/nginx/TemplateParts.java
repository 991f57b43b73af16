package dev.weir.driver.nginx;

import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.publish.Backups;
import dev.weir.publish.PublishedFile;
import dev.weir.rendered.CarriedPool;
import dev.weir.rendered.Renderer;
import dev.weir.rendered.TemplateCheck;
import dev.weir.rendered.TemplateFile;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the driver of a whole file that is rendered works with. */
record TemplateParts(
    NginxOptions options,
    PublishedFile file,
    Renderer renderer,
    Publication publication,
    ConfirmPort port,
    ConfigTree tree,
    TemplateInspection inspection) {

  private static final Duration ANSWER = Duration.ofSeconds(1);

  static TemplateParts of(
      NginxOptions options,
      TemplateFile template,
      Context<NginxSurroundings> context,
      TreeTrial trial) {
    PublishedFile file =
        new PublishedFile(
            options.config(),
            context.checkpoints(),
            StandardCharsets.UTF_8,
            new Backups(context.backups(), context.time()::now));
    ConfirmPort port = new ConfirmPort(options.confirm().ask(), Optional.empty(), ANSWER);
    Map<PoolId, CarriedPool> carried = new HashMap<>();
    for (Carried<NginxSurroundings> pool : context.pools()) {
      NginxSurroundings around = pool.surroundings();
      carried.put(
          pool.pool(),
          new CarriedPool(pool.as(), pool.kind(), around.directives(), around.server()));
    }
    EmptyAnswers answers = new EmptyAnswers(options.confirm().listen().port());
    Renderer renderer =
        new Renderer(
            context.proxy(),
            template,
            new NginxDialect(options.confirm().listen(), answers, http(context.pools())),
            carried);
    ConfigTree tree = new ConfigTree(options.config(), List.of(), options.paths());
    return new TemplateParts(
        options,
        file,
        renderer,
        new Publication(
            options,
            new DriverFiles(
                new DriverFiles.Named(options.config(), file), Optional.empty(), List.of()),
            trial,
            new Reloading(port, context.time(), options.reload()),
            port,
            context.checkpoints()),
        port,
        tree,
        new TemplateInspection(
            new Inspection(options, trial, tree, port, LivePools.NONE),
            new TemplateCheck(renderer, carried.keySet())));
  }

  private static Set<PoolId> http(List<Carried<NginxSurroundings>> pools) {
    return pools.stream()
        .filter(pool -> pool.kind() == PoolKind.HTTP)
        .map(Carried::pool)
        .collect(Collectors.toUnmodifiableSet());
  }
}
