package dev.weir.driver.nginx;

import dev.weir.model.FileContent;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.nginxconf.ConfException;
import dev.weir.nginxconf.ConfText;
import dev.weir.nginxconf.Directive;
import dev.weir.nginxconf.Edits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The upstreams that Weir keeps inside the user's own files, as the files are at one moment. What
 * is no nginx configuration, or no UTF-8, is left alone: nginx will say what is wrong with it.
 */
final class EditedFiles {

  private record Found(Path file, EditedUpstream upstream) {}

  private final Map<String, Found> upstreams = new HashMap<>();

  /**
   * @param files that may be edited
   */
  EditedFiles(Collection<Path> files, List<ObservedFile> observed) {
    for (ObservedFile file : observed) {
      if (files.contains(file.file())) {
        file.text().ifPresent(text -> read(file.file(), text));
      }
    }
  }

  private void read(Path file, String text) {
    if (text.indexOf('\uFFFD') >= 0) {
      return;
    }
    try {
      List<Directive> directives = ConfText.parse(text).directives();
      upstreams(directives)
          .forEach(block ->
              upstreams.putIfAbsent(
                  block.arguments().getFirst(), new Found(file, new EditedUpstream(text, block))));
    } catch (ConfException leftToNginx) {
      return;
    }
  }

  /** Of {@code http}, or of a file that {@code http} includes. */
  private static List<Directive> upstreams(List<Directive> directives) {
    List<Directive> found = new ArrayList<>();
    for (Directive directive : directives) {
      if (directive.name().equals("upstream") && directive.words().size() == 2) {
        found.add(directive);
      } else if (directive.name().equals("http")) {
        found.addAll(upstreams(directive.block()));
      }
    }
    return found;
  }

  /** Whether this upstream stands in one of them. */
  boolean has(String upstream) {
    return upstreams.containsKey(upstream);
  }

  /** Its members; empty where it is not in them. */
  Optional<List<ObservedMember>> members(String upstream) {
    return Optional.ofNullable(upstreams.get(upstream)).map(found -> found.upstream().members());
  }

  /** The files that change so that the upstreams have the members of these sections. */
  List<FileContent> changed(
      List<Section> sections, EmptyAnswers answers, Function<Section, Carried> carried) {
    Map<Path, Edits> edits = new LinkedHashMap<>();
    Map<Path, String> former = new HashMap<>();
    for (Section section : sections) {
      Carried how = carried.apply(section);
      Found found = upstreams.get(how.upstream());
      if (found != null) {
        former.put(found.file(), found.upstream().text());
        found
            .upstream()
            .edit(
                edits.computeIfAbsent(found.file(), file -> new Edits(found.upstream().text())),
                section.servers(),
                section.substitute(answers),
                how.around());
      }
    }
    return edits.entrySet().stream()
        .map(edit -> new FileContent(edit.getKey(), edit.getValue().apply()))
        .filter(content -> !content.text().equals(former.get(content.file())))
        .toList();
  }

  /** How a pool is carried. */
  record Carried(String upstream, NginxSurroundings around) {}
}
