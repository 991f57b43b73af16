package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of Weir's own, with a section for each backend. Used by one thread. */
final class OwnLayout implements Layout {

  private final Path file;
  private final ConfigText config;
  private final Readings<Parsed> readings = new Readings<>(ConfigText::parse);

  OwnLayout(Path file, ConfigText config) {
    this.file = file;
    this.config = config;
  }

  @Override
  public void know(Defaults defaults) {
    // what is inherited stands in other files
  }

  @Override
  public Parsed parsed(List<ObservedFile> files) {
    return files.stream()
        .filter(seen -> seen.file().equals(file))
        .findFirst()
        .flatMap(ObservedFile::text)
        .map(readings::of)
        .orElse(Parsed.NOTHING);
  }

  @Override
  public Optional<String> problem(List<ObservedFile> files) {
    return Optional.empty();
  }

  @Override
  public Optional<String> unloaded(Parsed now, Optional<Fingerprint> loaded) {
    if (now.epoch().isEmpty()) {
      return Optional.of("%s is missing or not Weir's".formatted(file));
    }
    if (loaded.isEmpty()) {
      return Optional.of("the running HAProxy has not loaded %s".formatted(file));
    }
    return loaded.equals(now.epoch())
        ? Optional.empty()
        : Optional.of(
            "the running HAProxy was loaded from another %s".formatted(file.getFileName()));
  }

  @Override
  public Written write(List<ObservedFile> files, Map<String, Section> sections) {
    Parsed now = parsed(files);
    boolean same = now.epoch().isPresent() && texts(sections).equals(texts(now.sections()));
    return new Written() {
      @Override
      public Change change() {
        return same ? Change.NONE : Change.TEXT;
      }

      // the fingerprint goes over every section: computed only where it is to be loaded
      @Override
      public List<FileContent> toLoad() {
        // over every section: computed only where it is to be loaded
        return contents(ConfigText.epochOf(List.copyOf(sections.values())));
      }

      @Override
      public List<FileContent> following(Optional<Fingerprint> loaded) {
        return loaded.map(this::contents).orElseGet(this::toLoad);
      }

      private List<FileContent> contents(Fingerprint epoch) {
        String text = config.render(epoch, List.copyOf(sections.values()));
        readings.know(text, new Parsed(Optional.of(epoch), sections));
        return List.of(new FileContent(file, text));
      }
    };
  }

  private static Map<String, String> texts(Map<String, Section> sections) {
    Map<String, String> texts = new HashMap<>();
    sections.forEach((as, section) -> texts.put(as, section.text()));
    return texts;
  }
}
