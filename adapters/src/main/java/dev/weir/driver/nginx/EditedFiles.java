package dev.weir.driver.nginx;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.Edits;
import dev.weir.model.FileContent;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.PoolKind;
import dev.weir.nginxconf.ConfText;
import dev.weir.nginxconf.Directive;
import dev.weir.nginxconf.Upstream.Context;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The upstreams that Weir keeps inside the user's own files, as the files are at one moment. */
final class EditedFiles {

  /** {@code http} and {@code stream} may each have an upstream of one name. */
  private record Key(String upstream, Context context) {}

  private record Found(Path file, EditedUpstream upstream) {}

  private final Map<Key, Found> upstreams = new HashMap<>();

  private Optional<String> problem = Optional.empty();

  /**
   * @param files that may be edited, each with the context that includes it: in what it says
   *     outside of {@code http} and {@code stream}
   * @param observed their texts, a character for each byte
   */
  EditedFiles(Map<Path, Context> files, List<ObservedFile> observed) {
    for (ObservedFile file : observed) {
      Context context = files.get(file.file());
      if (context != null) {
        read(file, context);
      }
    }
  }

  /**
   * Why nothing may be done now: as long as one file cannot be taken apart, it is not known which
   * upstreams stand in it, and one that is written elsewhere too is one too many for nginx.
   */
  Optional<String> problem() {
    return problem;
  }

  private void read(ObservedFile file, Context context) {
    if (file.text().isEmpty()) {
      problem =
          Optional.of(
              "%s cannot be read (expected: a file of nginx's; where it is gone for good, take it out of 'edit')"
                  .formatted(file.file()));
      return;
    }
    String text = file.text().get();
    try {
      collect(ConfText.parse(text).directives(), context)
          .forEach((key, block) ->
              upstreams.putIfAbsent(key, new Found(file.file(), new EditedUpstream(text, block))));
    } catch (ConfException e) {
      problem = Optional.of(e.in(file.file()));
    }
  }

  private static Map<Key, Directive> collect(List<Directive> directives, Context context) {
    Map<Key, Directive> found = new LinkedHashMap<>();
    for (Directive directive : directives) {
      if (directive.name().equals("upstream") && directive.words().size() == 2) {
        found.putIfAbsent(new Key(directive.arguments().getFirst(), context), directive);
      } else if (directive.name().equals("http")) {
        collect(directive.block(), Context.HTTP).forEach(found::putIfAbsent);
      } else if (directive.name().equals("stream")) {
        collect(directive.block(), Context.STREAM).forEach(found::putIfAbsent);
      }
    }
    return found;
  }

  private Optional<Found> find(String upstream, PoolKind kind) {
    Context context = kind == PoolKind.HTTP ? Context.HTTP : Context.STREAM;
    return Optional.ofNullable(upstreams.get(new Key(upstream, context)));
  }

  /** Whether this upstream stands in one of them. */
  boolean has(String upstream, PoolKind kind) {
    return find(upstream, kind).isPresent();
  }

  /** Its members; empty where it is not in them. */
  Optional<List<ObservedMember>> members(String upstream, PoolKind kind) {
    return find(upstream, kind).map(found -> found.upstream().members());
  }

  /** As it is written; empty where it is not in them. */
  Optional<String> source(String upstream, PoolKind kind) {
    return find(upstream, kind).map(found -> found.upstream().source());
  }

  /** The names of the directives in it; empty where it is not in them. */
  Optional<List<String>> directives(String upstream, PoolKind kind) {
    return find(upstream, kind)
        .map(found ->
            found.upstream().block().block().stream().map(Directive::name).distinct().toList());
  }

  /** The files that change so that the upstreams have the members of these sections. */
  List<FileContent> changed(
      Collection<Section> sections, EmptyAnswers answers, Function<Section, Carried> carried) {
    Map<Path, Edits> edits = new LinkedHashMap<>();
    Map<Path, String> former = new HashMap<>();
    for (Section section : sections) {
      Carried how = carried.apply(section);
      find(how.upstream(), how.kind())
          .ifPresent(found -> {
            former.put(found.file(), found.upstream().text());
            found
                .upstream()
                .edit(
                    edits.computeIfAbsent(found.file(), file -> new Edits(found.upstream().text())),
                    section.servers(),
                    Substitute.of(section.pool(), how.kind(), answers),
                    how.around());
          });
    }
    return edits.entrySet().stream()
        .map(edit -> new FileContent(edit.getKey(), edit.getValue().apply()))
        .filter(content -> !content.text().equals(former.get(content.file())))
        .toList();
  }

  /** How a pool is carried. */
  record Carried(String upstream, PoolKind kind, NginxSurroundings around) {}
}
