package dev.weir.driver.nginx;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.Edits;
import dev.weir.model.FileContent;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.nginxconf.ConfText;
import dev.weir.nginxconf.Directive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The upstreams that Weir keeps inside the user's own files, as the files are at one moment. */
final class EditedFiles {

  private record Found(Path file, EditedUpstream upstream) {}

  private final Map<String, Found> upstreams = new HashMap<>();

  private Optional<String> problem = Optional.empty();

  /**
   * @param files that may be edited
   * @param observed their texts, a character for each byte
   */
  EditedFiles(Collection<Path> files, List<ObservedFile> observed) {
    for (ObservedFile file : observed) {
      if (files.contains(file.file())) {
        read(file);
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

  private void read(ObservedFile file) {
    if (file.text().isEmpty()) {
      problem =
          Optional.of(
              "%s cannot be read (expected: a file of nginx's; where it is gone for good, take it out of 'edit')"
                  .formatted(file.file()));
      return;
    }
    String text = file.text().get();
    try {
      for (Directive block : upstreams(ConfText.parse(text).directives())) {
        upstreams.putIfAbsent(
            block.arguments().getFirst(), new Found(file.file(), new EditedUpstream(text, block)));
      }
    } catch (ConfException e) {
      problem = Optional.of(e.in(file.file()));
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
