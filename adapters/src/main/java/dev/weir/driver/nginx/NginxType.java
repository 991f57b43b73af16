package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Parts.Live;
import dev.weir.model.PoolKind;
import dev.weir.nginxconf.Upstream;
import dev.weir.publish.Backups;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.TargetLock;
import dev.weir.rendered.TemplateFile;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Shape;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * nginx: pools as {@code upstream} sections in a file of Weir's own, members changed by nginx's Lua
 * module or by a reload.
 */
public final class NginxType implements ProxyDriverType<NginxOptions, NginxSurroundings> {

  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration LIVE_ANSWER = Duration.ofSeconds(5);
  private static final Pattern UPSTREAM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private final TreeTrial.Way way;

  public NginxType() {
    this(TreeTrial.Way.MOUNTED);
  }

  /**
   * @param way how a staged file is tested
   */
  NginxType(TreeTrial.Way way) {
    this.way = way;
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public Shape<NginxOptions> options() {
    return NginxOptions.SHAPE;
  }

  @Override
  public Shape<NginxSurroundings> surroundings() {
    return NginxSurroundings.SHAPE;
  }

  @Override
  public NginxSurroundings defaultSurroundings() {
    return NginxSurroundings.NONE;
  }

  @Override
  public List<String> owned(NginxOptions options) {
    List<String> owned = new ArrayList<>();
    options.owned().forEach(file -> owned.add("file " + file));
    owned.add("address " + options.confirm().ask());
    options.edit().forEach(file -> owned.add("file " + file));
    return owned;
  }

  @Override
  public Optional<String> refusal(NginxOptions options, PoolKind kind) {
    return options.refusal(kind);
  }

  @Override
  public List<Path> configuration(NginxOptions options) {
    return List.copyOf(new ConfigTree(options.config(), options.owned()).stamps().keySet());
  }

  @Override
  public ProxyDriver open(NginxOptions options, Context<NginxSurroundings> context)
      throws SetupException {
    checkNames(context);
    if (options.template().isPresent()) {
      return rendering(options, options.template().get(), context);
    }
    List<Path> edited = UserFiles.edited(options.edit());
    List<TargetLock> locks =
        context.access() == Access.OWN ? locks(options, edited, context.state()) : List.of();
    Parts parts = parts(options, context, edited);
    return new NginxDriver(
        parts,
        new Grip(
            options, parts.port(), parts.publication(), new Grip.Held(context.access(), locks)));
  }

  private ProxyDriver rendering(
      NginxOptions options, Path template, Context<NginxSurroundings> context)
      throws SetupException {
    List<TargetLock> locks =
        context.access() == Access.OWN ? locks(options, List.of(), context.state()) : List.of();
    TreeTrial trial = new TreeTrial(options, context.state().resolve("nginx-test"), way);
    TemplateParts parts = TemplateParts.of(options, new TemplateFile(template), context, trial);
    return new NginxTemplateDriver(
        parts,
        new Grip(
            options, parts.port(), parts.publication(), new Grip.Held(context.access(), locks)),
        context.pools());
  }

  private static List<TargetLock> locks(NginxOptions options, List<Path> edited, Path state)
      throws SetupException {
    List<Path> targets = new ArrayList<>(options.owned());
    targets.addAll(edited);
    return TargetLock.takeAll(targets, state);
  }

  private Parts parts(NginxOptions options, Context<NginxSurroundings> context, List<Path> edited) {
    DriverFiles owned = files(options, context, edited);
    TreeTrial trial = new TreeTrial(options, context.state().resolve("nginx-test"), way);
    ConfirmPort port =
        new ConfirmPort(
            options.confirm().ask(),
            options.stream().map(file -> StreamText.listener(options)),
            ANSWER);
    ConfigTree tree = new ConfigTree(options.config(), options.owned(), options.paths());
    Publication publication =
        new Publication(
            options,
            owned,
            trial,
            new Reloading(port, context.time(), options.reload()),
            port,
            context.checkpoints());
    Live live = live(options, context, tree);
    FrozenPools frozen = new FrozenPools();
    LiveText liveText = new LiveText(live.files(), live.files().script(live.answers()));
    UpstreamsText texts =
        new UpstreamsText(
            context.proxy(),
            options,
            context.pools(),
            new UpstreamsText.Live(live.pools(), liveText),
            frozen);
    Composition composition = new Composition(options, texts, frozen, context.pools());
    return new Parts(
        options,
        owned,
        composition,
        publication,
        new Isolation(composition, owned, publication, frozen),
        live,
        frozen,
        port,
        tree,
        new Inspection(options, trial, tree, port, live.pools()));
  }

  private static Live live(
      NginxOptions options, Context<NginxSurroundings> context, ConfigTree tree) {
    LiveFiles files = new LiveFiles(options.upstreams(), context.checkpoints());
    return new Live(
        LivePools.find(options, tree, context.pools()),
        files,
        new LiveMembers(
            files, new LivePort(options.confirm().ask(), LIVE_ANSWER), context.checkpoints()),
        new EmptyAnswers(options.confirm().listen().port()));
  }

  private static DriverFiles files(
      NginxOptions options, Context<NginxSurroundings> context, List<Path> edited) {
    Set<Path> inStream = edited.isEmpty() ? Set.of() : UserFiles.inStream(options.config());
    List<DriverFiles.Edited> users =
        edited.stream()
            .map(file ->
                new DriverFiles.Edited(
                    published(file, context, StandardCharsets.ISO_8859_1),
                    inStream.contains(file) ? Upstream.Context.STREAM : Upstream.Context.HTTP))
            .toList();
    return new DriverFiles(
        named(options.upstreams(), context),
        options.stream().map(file -> named(file, context)),
        users);
  }

  private static DriverFiles.Named named(Path file, Context<NginxSurroundings> context) {
    return new DriverFiles.Named(file, published(file, context, StandardCharsets.UTF_8));
  }

  private static PublishedFile published(
      Path file, Context<NginxSurroundings> context, Charset charset) {
    return new PublishedFile(
        file, context.checkpoints(), charset, new Backups(context.backups(), context.time()::now));
  }

  private static void checkNames(Context<NginxSurroundings> context) throws SetupException {
    Set<String> names = new HashSet<>();
    for (Carried<NginxSurroundings> carried : context.pools()) {
      if (!UPSTREAM.matcher(carried.as()).matches()) {
        throw new SetupException(
            "proxy %s: pool %s as '%s' (expected: letters, digits, _ . and -)"
                .formatted(context.proxy(), carried.pool(), carried.as()));
      }
      if (!names.add(carried.as())) {
        throw new SetupException(
            "proxy %s: two pools as '%s' (expected: a name of its own for each)"
                .formatted(context.proxy(), carried.as()));
      }
    }
  }
}
