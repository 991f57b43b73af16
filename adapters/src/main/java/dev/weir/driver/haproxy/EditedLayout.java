package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.handwritten.Edits;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of the user's, in which Weir keeps server lines of some sections, and in a {@code global}
 * section the line of the variable by which a load of them is confirmed. That line comes with the
 * first reload: until then neither the files nor HAProxy have one. Used by one thread.
 */
final class EditedLayout implements Layout {

  private static final int REMEMBERED = 4;

  private final String variable;
  private final List<Backend> backends;
  private final Readings<EditedFile.Read> readings = new Readings<>(EditedFile::read);
  private final IdentityHashMap<dev.weir.haproxyconf.Section, EditedSection> known =
      new IdentityHashMap<>();
  private Defaults defaults = Defaults.NONE;

  EditedLayout(String variable, List<Backend> backends) {
    this.variable = variable;
    this.backends = List.copyOf(backends);
  }

  @Override
  public void know(Defaults current) {
    if (!current.equals(defaults)) {
      defaults = current;
      known.clear();
    }
  }

  @Override
  public Parsed parsed(List<ObservedFile> files) {
    Map<String, Section> sections = new HashMap<>();
    Optional<Fingerprint> epoch = Optional.empty();
    for (EditedFile file : readable(files)) {
      for (Backend backend : backends) {
        section(file, backend)
            .ifPresent(section -> sections.putIfAbsent(backend.as(), section.read()));
      }
      epoch = epoch.or(() -> file.epoch(variable));
    }
    return new Parsed(epoch, sections);
  }

  /** The same text is read several times in a row; the last few are remembered. */
  private Optional<EditedSection> section(EditedFile file, Backend backend) {
    if (known.size() > REMEMBERED * (1 + backends.size())) {
      known.clear();
    }
    Inherited inherited = Inherited.of(backend.serverDefaults(defaults));
    return file.sections(backend.as())
        .findFirst()
        .map(section ->
            known.computeIfAbsent(section, conf -> EditedSection.of(file.text(), conf, inherited)));
  }

  private List<EditedFile> readable(List<ObservedFile> files) {
    List<EditedFile> readable = new ArrayList<>();
    for (ObservedFile file : files) {
      file.text()
          .map(readings::of)
          .flatMap(EditedFile.Read::conf)
          .ifPresent(conf -> readable.add(new EditedFile(file.file(), conf)));
    }
    return readable;
  }

  @Override
  public Optional<String> problem(List<ObservedFile> files) {
    for (ObservedFile file : files) {
      if (file.text().isEmpty()) {
        return Optional.of(
            "%s cannot be read (expected: a file of HAProxy's; where it is gone for good, take it out of 'edit')"
                .formatted(file.file()));
      }
      Optional<String> wrong = readings.of(file.text().get()).problem(file.file());
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    List<EditedFile> readable = readable(files);
    for (Backend backend : backends) {
      List<String> places = readable.stream().flatMap(f -> f.places(backend.as())).toList();
      if (places.size() != 1) {
        return Optional.of(
            "%s, and pool %s is kept in it (expected: one backend or listen section, outside of .if)"
                .formatted(
                    places.isEmpty()
                        ? "no section %s in %s".formatted(backend.as(), shown(files))
                        : "%s stands more than once: %s"
                            .formatted(backend.as(), String.join(", ", places)),
                    backend.pool()));
      }
    }
    return readable.stream().anyMatch(EditedFile::hasGlobal)
        ? Optional.empty()
        : Optional.of(
            "no global section in %s (expected: one, outside of .if)".formatted(shown(files)));
  }

  private static String shown(List<ObservedFile> files) {
    return String.join(", ", files.stream().map(file -> file.file().toString()).toList());
  }

  @Override
  public Optional<String> unloaded(Parsed now, Optional<Fingerprint> loaded) {
    return now.epoch().isEmpty() || now.epoch().equals(loaded)
        ? Optional.empty()
        : Optional.of("the running HAProxy was loaded before its files were written last");
  }

  @Override
  public Written write(List<ObservedFile> files, Map<String, Section> sections) {
    Wanted wanted = new Wanted(readable(files), sections);
    Change change = wanted.change();
    Optional<Fingerprint> now = parsed(files).epoch();
    return new Written() {
      @Override
      public Change change() {
        return change;
      }

      @Override
      public List<FileContent> toLoad() {
        Fingerprint.Digest digest = Fingerprint.digest();
        wanted.texts(Optional.of(EditedFile.NO_EPOCH)).values().forEach(digest::add);
        return wanted.toLoad(digest.finish());
      }

      @Override
      public List<FileContent> following(Optional<Fingerprint> loaded) {
        return wanted.contents(loaded.equals(now) ? Optional.empty() : loaded);
      }
    };
  }

  /** What shall stand in the files. */
  private final class Wanted {
    private final List<EditedFile> files;
    private final Map<String, Section> sections;

    Wanted(List<EditedFile> files, Map<String, Section> sections) {
      this.files = files;
      this.sections = sections;
    }

    Change change() {
      Change change = Change.NONE;
      for (EditedFile file : files) {
        Change one = edit(file, new Edits(file.text()));
        change = one.compareTo(change) > 0 ? one : change;
      }
      return change;
    }

    private Change edit(EditedFile file, Edits edits) {
      Change change = Change.NONE;
      for (Backend backend : backends) {
        Optional<EditedSection> section = section(file, backend);
        Section wanted = sections.get(backend.as());
        if (section.isPresent() && wanted != null) {
          Change one = section.get().edit(edits, wanted);
          change = one.compareTo(change) > 0 ? one : change;
        }
      }
      return change;
    }

    /**
     * All files.
     *
     * @param epoch absent to leave the variable as it is
     */
    Map<Path, String> texts(Optional<Fingerprint> epoch) {
      Map<Path, String> texts = new LinkedHashMap<>();
      Optional<Fingerprint> due = epoch;
      for (EditedFile file : files) {
        Edits edits = new Edits(file.text());
        var _ = edit(file, edits);
        if (due.isPresent() && file.hasGlobal()) {
          file.setEpoch(edits, variable, due.get());
          due = Optional.empty();
        }
        texts.put(file.path(), edits.apply());
      }
      return texts;
    }

    /** Those that change. */
    List<FileContent> contents(Optional<Fingerprint> epoch) {
      Map<Path, String> texts = texts(epoch);
      return files.stream()
          .filter(file -> !file.text().equals(texts.get(file.path())))
          .map(file -> new FileContent(file.path(), texts.getOrDefault(file.path(), "")))
          .toList();
    }

    /** All: HAProxy may have to load what stands there already. */
    List<FileContent> toLoad(Fingerprint epoch) {
      return texts(Optional.of(epoch)).entrySet().stream()
          .map(file -> new FileContent(file.getKey(), file.getValue()))
          .toList();
    }
  }
}
