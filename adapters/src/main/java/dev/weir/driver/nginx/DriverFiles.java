package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Composition.Made;
import dev.weir.model.FileContent;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.nginxconf.Upstream.Context;
import dev.weir.publish.FileGroup;
import dev.weir.publish.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that an nginx is kept in step through: Weir's own, and those of the user's in which
 * upstreams are kept. Used by one thread.
 */
final class DriverFiles {

  private static final Logger LOG = LoggerFactory.getLogger(DriverFiles.class);

  private final Map<Path, PublishedFile> own = new LinkedHashMap<>();
  private final Map<Path, Context> contexts = new LinkedHashMap<>();
  private final List<PublishedFile> edited = new ArrayList<>();
  private final FileGroup group;

  /** The files that were taken apart last; while they are the same, so is what stands in them. */
  private List<ObservedFile> lastSeen = List.of();

  private EditedFiles lastEdited = new EditedFiles(Map.of(), List.of());

  /** A file of the user's, and where what it says stands outside of any block. */
  record Edited(PublishedFile file, Context context) {}

  /**
   * @param http Weir's own file in {@code http}: it says which content all of them are
   * @param stream Weir's own in {@code stream}
   */
  DriverFiles(Named http, Optional<Named> stream, List<Edited> users) {
    own.put(http.name(), http.file());
    stream.ifPresent(it -> own.put(it.name(), it.file()));
    users.forEach(user -> {
      edited.add(user.file());
      contexts.put(user.file().target(), user.context());
    });
    List<PublishedFile> all = new ArrayList<>(edited);
    stream.ifPresent(it -> all.add(it.file()));
    all.add(http.file());
    this.group = new FileGroup(all);
  }

  /**
   * A file of Weir's.
   *
   * @param name as it is configured; it may be a symbolic link
   */
  record Named(Path name, PublishedFile file) {}

  /** All of them, as what goes into force together. */
  FileGroup group() {
    return group;
  }

  /** The user's files, each with the context that includes it. */
  Map<Path, Context> contexts() {
    return contexts;
  }

  /**
   * What they hold now, Weir's own first; a file that cannot be read is as one that is not there.
   */
  List<ObservedFile> observe() {
    List<ObservedFile> files = new ArrayList<>();
    own.forEach((name, file) -> files.add(new ObservedFile(name, read(file))));
    edited.forEach(file -> files.add(new ObservedFile(file.target(), read(file))));
    return files;
  }

  /** What stands in the user's files, as they were observed. */
  EditedFiles edited(List<ObservedFile> observed) {
    List<ObservedFile> users =
        observed.stream().filter(file -> contexts.containsKey(file.file())).toList();
    if (!users.equals(lastSeen)) {
      lastEdited = new EditedFiles(contexts, users);
      lastSeen = users;
    }
    return lastEdited;
  }

  /** What Weir's own hold now. */
  Map<Path, String> own() throws IOException {
    Map<Path, String> texts = new HashMap<>();
    for (Map.Entry<Path, PublishedFile> file : own.entrySet()) {
      file.getValue().read().ifPresent(text -> texts.put(file.getKey(), text));
    }
    return texts;
  }

  /** What Weir's own would hold of these texts, all in one. */
  String own(Map<Path, String> texts) {
    return own.values().stream()
        .flatMap(file -> Optional.ofNullable(texts.get(file.target())).stream())
        .collect(Collectors.joining("\n"));
  }

  /** Whether this is one of Weir's own, by the name that it has without symbolic links. */
  boolean isOwn(Path file) {
    return own.values().stream().anyMatch(it -> it.target().equals(file));
  }

  /** Whether this is one of them. */
  boolean has(Path file) {
    return own.containsKey(file) || contexts.containsKey(file);
  }

  /** Texts of these files, by what is written: symbolic links resolved. */
  Map<Path, String> texts(List<FileContent> contents) {
    Map<Path, String> texts = new HashMap<>();
    for (FileContent content : contents) {
      if (has(content.file())) {
        texts.put(target(content.file()), content.text());
      }
    }
    return texts;
  }

  /** All texts of a state. */
  Map<Path, String> texts(Made made) {
    List<FileContent> all = new ArrayList<>(made.edited());
    List<Path> names = List.copyOf(own.keySet());
    all.add(new FileContent(names.getFirst(), made.rendered().text()));
    made.rendered().stream().ifPresent(text -> all.add(new FileContent(names.getLast(), text)));
    return texts(all);
  }

  /** Whether they hold these texts already. */
  boolean hold(Map<Path, String> texts) throws IOException {
    return group.hold(texts);
  }

  private Path target(Path file) {
    PublishedFile published = own.get(file);
    return published == null ? file : published.target();
  }

  private static Optional<String> read(PublishedFile file) {
    try {
      return file.read();
    } catch (IOException e) {
      LOG.debug("cannot read {}", file.target(), e);
      return Optional.empty();
    }
  }
}
