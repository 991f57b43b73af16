package dev.weir.driver.nginx;

import dev.weir.driver.nginx.NginxDriver.Parts;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.TargetLock;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Shape;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** nginx: pools as {@code upstream} sections in a file of Weir's own, taken in by a reload. */
public final class NginxType implements ProxyDriverType<NginxOptions, NginxSurroundings> {

  private static final Duration ANSWER = Duration.ofSeconds(1);
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
    return List.of("file " + options.upstreams(), "address " + options.confirm());
  }

  @Override
  public ProxyDriver open(NginxOptions options, Context<NginxSurroundings> context)
      throws SetupException {
    checkNames(context);
    Optional<TargetLock> lock =
        context.access() == Access.OWN
            ? Optional.of(TargetLock.take(options.upstreams(), context.state()))
            : Optional.empty();
    PublishedFile file = new PublishedFile(options.upstreams(), context.checkpoints());
    TreeTrial test = new TreeTrial(options, context.state().resolve("nginx-test"), way);
    ConfirmPort port = new ConfirmPort(options.confirm(), ANSWER);
    Publication publication =
        new Publication(
            options, file, test, new Reloading(port, context.time()), port, context.checkpoints());
    UpstreamsText texts = new UpstreamsText(context.proxy(), options, context.pools());
    Parts parts = new Parts(options, lock, file, texts, test, publication, port);
    return new NginxDriver(parts, context.pools(), context.access());
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
