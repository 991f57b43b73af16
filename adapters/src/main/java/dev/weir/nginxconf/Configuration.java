package dev.weir.nginxconf;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.Glob;
import dev.weir.nginxconf.Upstream.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A whole nginx configuration: the main file and all that it includes, in the order that nginx
 * reads them.
 *
 * @param files each once
 * @param upstreams of {@code http} and {@code stream}
 * @param problems what nginx would refuse of the files themselves, each {@code FILE:LINE:COLUMN:
 *     message}; the rest is read all the same
 * @param broken those of them that say that a file is no nginx configuration
 */
public record Configuration(
    List<ConfFile> files, List<Upstream> upstreams, List<String> problems, List<String> broken) {

  public Configuration {
    files = List.copyOf(files);
    upstreams = List.copyOf(upstreams);
    problems = List.copyOf(problems);
    broken = List.copyOf(broken);
  }

  /**
   * Reads a configuration.
   *
   * @param main its folder is what relative includes start from
   */
  public static Configuration read(Path main) {
    Path absolute = main.toAbsolutePath().normalize();
    Walk walk = new Walk(Objects.requireNonNullElse(absolute.getParent(), Path.of("/")));
    walk.file(absolute, List.of(), () -> absolute.toString());
    return new Configuration(
        List.copyOf(walk.files.values()), List.copyOf(walk.upstreams), walk.problems, walk.broken);
  }

  /** Where an include stands, for its problems. */
  private interface Place {
    String text();
  }

  /** One reading. */
  private static final class Walk {

    /** A file counts each time that it is included. */
    private static final int MOST = 100_000;

    private final Path prefix;
    private final Map<Path, ConfFile> files = new LinkedHashMap<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Deque<Path> open = new ArrayDeque<>();
    private int visits;

    Walk(Path prefix) {
      this.prefix = prefix;
    }

    void file(Path path, List<String> blocks, Place from) {
      if (open.contains(path)) {
        problems.add("%s: includes %s in a loop".formatted(from.text(), path));
        return;
      }
      if (visits++ >= MOST) {
        if (visits == MOST + 1) {
          problems.add(
              "%s: includes more than is read (expected: at most %d files)"
                  .formatted(from.text(), MOST));
        }
        return;
      }
      try {
        ConfFile known = files.get(path);
        ConfFile file = known == null ? ConfFile.read(path) : known;
        files.put(path, file);
        open.push(path);
        walk(file, file.conf().directives(), blocks);
        var _ = open.pop();
      } catch (IOException e) {
        problems.add("%s: cannot read %s (%s)".formatted(from.text(), path, e));
      } catch (ConfException e) {
        problems.add(e.in(path));
        broken.add(e.in(path));
      }
    }

    private void walk(ConfFile file, List<Directive> directives, List<String> blocks) {
      for (Directive directive : directives) {
        if (directive.name().equals("include") && directive.words().size() == 2) {
          include(file, directive, blocks);
        } else if (directive.hasBlock()) {
          block(file, directive, blocks);
        }
      }
    }

    private void include(ConfFile file, Directive directive, List<String> blocks) {
      String place =
          "%s:%d:%d"
              .formatted(
                  file.path(), directive.line(), directive.words().getFirst().span().column());
      for (Path found : Glob.files(prefix.resolve(directive.arguments().getFirst()).toString())) {
        file(found, blocks, () -> place);
      }
    }

    /** Only two kinds of blocks lead to upstreams; in any block may be includes. */
    private void block(ConfFile file, Directive directive, List<String> blocks) {
      if (directive.name().equals("upstream") && blocks.equals(List.of("http"))) {
        upstreams.add(new Upstream(Context.HTTP, file, directive));
      } else if (directive.name().equals("upstream") && blocks.equals(List.of("stream"))) {
        upstreams.add(new Upstream(Context.STREAM, file, directive));
      }
      List<String> inside = new ArrayList<>(blocks);
      inside.add(directive.name());
      walk(file, directive.block(), inside);
    }
  }
}
