package dev.weir.kv.files;

import dev.weir.folders.BoundedReading;
import dev.weir.folders.FolderWatcher;
import dev.weir.folders.Stamp;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values in YAML and JSON files as a store of texts. Files are read when they have stood still
 * for 50 ms, so that none is read half-written; one that cannot be understood in full spoils
 * everything, because what it holds is not known. Besides listening to the folders, it looks every
 * 2 s, for what no event tells.
 */
final class FilesStore implements KeyValueStore {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration STILL = Duration.ofMillis(50);
  private static final int LARGEST = 64 * 1024 * 1024;

  private final FilesOptions options;
  private final FolderWatcher folders;
  private final Time time;

  FilesStore(FilesOptions options, FolderWatcher folders, Time time) {
    this.options = options;
    this.folders = folders;
    this.time = time;
  }

  @Override
  public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
    String checked = KeyValueStore.checkPrefix(prefix);
    Optional<FileTree> read = Optional.empty();
    Optional<SortedMap<String, String>> told = Optional.empty();
    try (FolderNews news = new FolderNews(folders, time)) {
      while (true) {
        FileTree tree = settled(news, read);
        if (!read.equals(Optional.of(tree))) {
          SortedMap<String, String> pairs = below(checked, pairs(tree));
          if (!FileTree.of(options).equals(tree)) {
            continue; // changed while it was read
          }
          read = Optional.of(tree);
          if (!told.equals(Optional.of(pairs))) {
            told = Optional.of(pairs);
            sink.pairs(pairs);
          }
        }
        news.await(LOOK_EVERY);
      }
    }
  }

  /** The files once they have stood still, and listened to from before that. */
  private FileTree settled(FolderNews news, Optional<FileTree> read)
      throws IOException, InterruptedException {
    FileTree tree = look(news);
    boolean known = read.equals(Optional.of(tree));
    boolean old = read.isEmpty() && tree.isOlderThan(STILL, time.now());
    while (!known && !old) {
      news.awaitAll(STILL);
      FileTree again = look(news);
      if (again.equals(tree)) {
        return tree;
      }
      tree = again;
    }
    return tree;
  }

  /** Looks; reading files heeds no interrupt, so that it is asked for here. */
  private FileTree look(FolderNews news) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    FileTree tree = FileTree.of(options);
    while (news.listen(tree.folders())) {
      tree = FileTree.of(options);
    }
    return tree;
  }

  private static SortedMap<String, String> pairs(FileTree tree)
      throws IOException, InterruptedException {
    SortedMap<String, String> pairs = new TreeMap<>();
    for (Map.Entry<Path, Stamp> file : tree.files().entrySet()) {
      switch (file.getValue()) {
        case Stamp.Present present ->
            pairs.putAll(YamlPairs.of(file.getKey(), bytes(file.getKey())));
        case Stamp.Absent absent -> throw new IOException(absent.reason());
      }
    }
    return pairs;
  }

  private static byte[] bytes(Path file) throws IOException, InterruptedException {
    try {
      byte[] bytes = BoundedReading.of(file, LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("%s: more than %d MiB".formatted(file, LARGEST / 1024 / 1024));
      }
      return bytes;
    } catch (IOException unreadable) {
      throw new IOException(Stamp.reason(file, unreadable), unreadable);
    }
  }

  private static SortedMap<String, String> below(String prefix, SortedMap<String, String> all) {
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    SortedMap<String, String> pairs = new TreeMap<>();
    all.forEach((key, value) -> {
      boolean inFolder = key.startsWith(folder) && !key.equals(folder);
      if (inFolder || key.equals(prefix)) {
        pairs.put(key, value);
      }
    });
    return Collections.unmodifiableSortedMap(pairs);
  }

  @Override
  public void close() {
    // every watch closes what it has opened
  }
}
