package dev.weir.driver.nginx;

import dev.weir.driver.nginx.NginxDriver.Live;
import dev.weir.driver.nginx.NginxDriver.Parts;
import dev.weir.handwritten.Glob;
import dev.weir.publish.FileGroup;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.TargetLock;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
    owned.add("file " + options.upstreams());
    owned.add("address " + options.confirm());
    options.edit().forEach(file -> owned.add("file " + file));
    return owned;
  }

  @Override
  public ProxyDriver open(NginxOptions options, Context<NginxSurroundings> context)
      throws SetupException {
    checkNames(context);
    List<Path> edited = edited(options);
    List<TargetLock> locks =
        context.access() == Access.OWN ? locks(options, edited, context.state()) : List.of();
    List<PublishedFile> files =
        edited.stream()
            .map(
                file -> new PublishedFile(file, context.checkpoints(), StandardCharsets.ISO_8859_1))
            .toList();
    return new NginxDriver(
        parts(options, context, locks, files), context.pools(), context.access());
  }

  /** The files of the user's that are there now, each once, by whatever name. */
  private static List<Path> edited(NginxOptions options) throws SetupException {
    Set<Path> files = new LinkedHashSet<>();
    for (String pattern : options.edit()) {
      for (Path file : Glob.files(pattern)) {
        try {
          files.add(file.toRealPath());
        } catch (IOException e) {
          throw new SetupException(
              "edit: %s cannot be read (%s; expected: a file of nginx's configuration)"
                  .formatted(file, e),
              e);
        }
      }
    }
    return List.copyOf(files);
  }

  private static List<TargetLock> locks(NginxOptions options, List<Path> edited, Path state)
      throws SetupException {
    List<TargetLock> locks = new ArrayList<>();
    try {
      locks.add(TargetLock.take(options.upstreams(), state));
      for (Path file : edited) {
        locks.add(TargetLock.take(file, state));
      }
      return locks;
    } catch (SetupException e) {
      locks.forEach(TargetLock::close);
      throw e;
    }
  }

  private Parts parts(
      NginxOptions options,
      Context<NginxSurroundings> context,
      List<TargetLock> locks,
      List<PublishedFile> edited) {
    PublishedFile file = new PublishedFile(options.upstreams(), context.checkpoints());
    List<PublishedFile> group = new ArrayList<>(edited);
    group.add(file);
    TreeTrial trial = new TreeTrial(options, context.state().resolve("nginx-test"), way);
    ConfirmPort port = new ConfirmPort(options.confirm(), ANSWER);
    ConfigTree tree = new ConfigTree(options.config(), options.upstreams());
    Publication publication =
        new Publication(
            options,
            new FileGroup(group),
            trial,
            new Reloading(port, context.time(), options.reload()),
            port,
            context.checkpoints());
    LiveFiles files = new LiveFiles(options.upstreams(), context.checkpoints());
    EmptyAnswers answers = new EmptyAnswers(options.confirm().port());
    Live live =
        new Live(
            LivePools.find(options, tree, context.pools()),
            files,
            new LiveMembers(
                files, new LivePort(options.confirm(), LIVE_ANSWER), context.checkpoints()),
            answers);
    FrozenPools frozen = new FrozenPools();
    UpstreamsText texts =
        new UpstreamsText(
            context.proxy(),
            options,
            context.pools(),
            new UpstreamsText.Live(live.pools(), new LiveText(files, files.script(answers))),
            frozen);
    return new Parts(
        options,
        locks,
        file,
        edited,
        texts,
        publication,
        live,
        frozen,
        port,
        tree,
        new Inspection(options, trial, tree, port, live.pools()));
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
