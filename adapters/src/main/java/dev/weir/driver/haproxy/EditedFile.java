package dev.weir.driver.haproxy;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.Edits;
import dev.weir.haproxyconf.ConfText;
import dev.weir.haproxyconf.Line;
import dev.weir.haproxyconf.Section;
import dev.weir.haproxyconf.Word;
import dev.weir.model.Fingerprint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of the user's, as it is at one moment. */
record EditedFile(Path path, ConfText conf) {

  /** In the place of a fingerprint, while it is computed. */
  static final Fingerprint NO_EPOCH = new Fingerprint("0".repeat(32));

  /**
   * A text that was read, or what is wrong with it.
   *
   * @param conf absent exactly where there is a failure
   */
  record Read(Optional<ConfText> conf, Optional<ConfException> failure) {
    Optional<String> problem(Path file) {
      return failure.map(e -> e.in(file));
    }
  }

  static Read read(String text) {
    try {
      return new Read(Optional.of(ConfText.parse(text)), Optional.empty());
    } catch (ConfException e) {
      return new Read(Optional.empty(), Optional.of(e));
    }
  }

  String text() {
    return conf.text();
  }

  /** The sections with servers of this name; under a condition it is none. */
  Stream<Section> sections(String name) {
    return conf.sections().stream()
        .filter(section -> section.hasServers() && section.name().equals(name))
        .filter(section -> !section.header().conditional());
  }

  /** Where sections of this name begin. */
  Stream<String> places(String name) {
    return sections(name).map(section -> path + ":" + section.header().number());
  }

  boolean hasGlobal() {
    return global().findFirst().isPresent();
  }

  private Stream<Section> global() {
    return conf.sections().stream()
        .filter(section -> section.kind().equals("global") && !section.header().conditional());
  }

  private Optional<Word> value(String variable) {
    return global()
        .flatMap(section -> section.lines().stream())
        .filter(line -> line.keyword().equals("setenv") && line.words().size() == 3)
        .filter(line -> line.words().get(1).is(variable))
        .map(line -> line.words().get(2))
        .findFirst();
  }

  /** What the line of Weir's variable says. */
  Optional<Fingerprint> epoch(String variable) {
    return value(variable)
        .map(Word::text)
        .filter(text -> text.matches("[0-9a-f]{32}"))
        .map(Fingerprint::new);
  }

  /** Writes it, behind the first line of {@code global} where there is none yet. */
  void setEpoch(Edits edits, String variable, Fingerprint epoch) {
    Optional<Word> value = value(variable);
    if (value.isPresent()) {
      edits.replace(value.get().start(), value.get().end(), epoch.hex());
      return;
    }
    Section global = global().findFirst().orElseThrow();
    List<Line> lines = global.lines().stream().filter(line -> !line.words().isEmpty()).toList();
    String indent = lines.isEmpty() ? "    " : edits.indent(lines.getFirst().start());
    edits.insertAfterLine(
        global.header().end(), "%ssetenv %s %s # weir".formatted(indent, variable, epoch.hex()));
  }
}
