package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigCheck.Refusal;
import dev.weir.driver.haproxy.Planning.Marks;
import dev.weir.model.FileContent;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.publish.FileGroup;
import dev.weir.publish.GroupSwap;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.StagedGroup;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that Weir keeps, one of its own or the user's with lines of Weir's, never put in force
 * before HAProxy's own check has passed them. After changes at run time they follow within a
 * second, several changes at once, since every check costs 30 ms of a core. Used by one thread.
 *
 * <p>A text for a file of the user's replaces only the one that was last looked at.
 */
final class KeptFiles {

  private final List<PublishedFile> files;
  private final FileGroup group;
  private final Whose whose;
  private final ConfigCheck check;
  private final WaitingTexts waiting;

  /** What the files held when they were last looked at, or what Weir has put in force since. */
  private Map<Path, String> seen = Map.of();

  /** Who else writes them. */
  enum Whose {
    /** Nobody: what stands there is Weir's. */
    WEIRS,
    /** Their user, at any time. */
    THE_USERS
  }

  /**
   * @param files the one with Weir's variable last
   */
  KeptFiles(List<PublishedFile> files, Whose whose, ConfigCheck check, Time time) {
    this.files = List.copyOf(files);
    this.group = new FileGroup(files);
    this.whose = whose;
    this.check = check;
    this.waiting = new WaitingTexts(check, time);
  }

  /**
   * What they say. Texts that wait for their second count as written, unless writing them has
   * failed, or somebody else has written meanwhile.
   */
  List<ObservedFile> look() {
    Map<Path, String> now = whose == Whose.WEIRS && waiting.texts().isPresent() ? seen : read();
    if (whose == Whose.THE_USERS && !now.equals(seen)) {
      waiting.drop();
    }
    seen = now;
    return said();
  }

  private Map<Path, String> read() {
    Map<Path, String> texts = new HashMap<>();
    for (PublishedFile file : files) {
      try {
        file.read().ifPresent(text -> texts.put(file.target(), text));
      } catch (IOException unreadable) {
        texts.remove(file.target());
      }
    }
    return texts;
  }

  /** The same, as last looked at. */
  List<ObservedFile> said() {
    Map<Path, String> texts = waiting.texts().map(this::with).orElse(seen);
    return files.stream()
        .map(PublishedFile::target)
        .map(file -> new ObservedFile(file, Optional.ofNullable(texts.get(file))))
        .toList();
  }

  private Map<Path, String> with(Map<Path, String> more) {
    Map<Path, String> texts = new HashMap<>(seen);
    texts.putAll(more);
    return texts;
  }

  /** What they will say with these. */
  List<ObservedFile> with(List<FileContent> contents) {
    Map<Path, String> texts = new HashMap<>();
    contents.forEach(content -> texts.put(content.file(), content.text()));
    return said().stream()
        .map(now ->
            texts.containsKey(now.file())
                ? new ObservedFile(now.file(), Optional.of(texts.get(now.file())))
                : now)
        .toList();
  }

  /** Remembers texts that HAProxy already runs. */
  void follow(List<FileContent> contents) {
    if (contents.isEmpty()) {
      return;
    }
    Map<Path, String> texts = new HashMap<>();
    contents.forEach(content -> texts.put(content.file(), content.text()));
    waiting.add(texts);
  }

  /** Remembers marks, unless the files say something else than they were made from. */
  void follow(Marks marks) {
    if (said().equals(marks.madeFrom())) {
      follow(marks.texts());
    }
  }

  /** When {@link #catchUp} has something to do; absent when no text waits. */
  Optional<Duration> due() {
    return waiting.due();
  }

  /** Why the waiting texts could not be written; empty when there is no trouble. */
  Optional<String> trouble() {
    return waiting.trouble();
  }

  /**
   * Goes on with the waiting texts, if it is time: stages them and starts their check, or, when
   * that has ended, switches to them or puts them off further. Does not wait for the check, so that
   * members can change meanwhile.
   */
  void catchUp() throws InterruptedException {
    if (waiting.isTrying()) {
      waiting.conclude().ifPresent(texts -> seen = with(texts));
    } else {
      waiting.begin(texts -> {
        endUnfinished();
        return stage(texts);
      });
    }
  }

  private StagedGroup stage(Map<Path, String> texts) throws IOException {
    return group.stage(texts, whose == Whose.THE_USERS ? seen : Map.of());
  }

  /** A user may have gone on from what a killed Weir has left, and it had passed the check. */
  private void endUnfinished() throws IOException, InterruptedException {
    Optional<GroupSwap> swap = group.unfinished();
    if (swap.isPresent()) {
      switch (whose) {
        case WEIRS -> goBack(swap.get());
        case THE_USERS -> swap.get().keep();
      }
    }
  }

  /** Stages, checks, switches. */
  Optional<Refusal> publish(List<FileContent> contents) throws IOException, InterruptedException {
    Switched switched = switchTo(contents);
    if (switched.swap().isPresent()) {
      switched.swap().get().keep();
    }
    return switched.refusal();
  }

  /**
   * A switch that was refused, or that is still to be kept or rolled back.
   *
   * @param refusal present exactly when the swap is absent
   */
  record Switched(Optional<Refusal> refusal, Optional<GroupSwap> swap) {}

  /** Stages, checks, switches, and leaves the way back open. Overtakes texts that wait. */
  Switched switchTo(List<FileContent> contents) throws IOException, InterruptedException {
    Map<Path, String> texts = new HashMap<>();
    with(contents).forEach(file -> file.text().ifPresent(text -> texts.put(file.file(), text)));
    waiting.abandonTrial();
    endUnfinished();
    try (StagedGroup staged = stage(texts)) {
      Optional<Refusal> refusal = check.check(staged.paths());
      if (refusal.isPresent()) {
        return new Switched(refusal, Optional.empty());
      }
      GroupSwap swap = staged.swap();
      waiting.drop();
      seen = texts;
      return new Switched(Optional.empty(), Optional.of(swap));
    }
  }

  /** What HAProxy refuses of texts that are not put in force. */
  Optional<Refusal> judge(List<FileContent> contents) throws IOException, InterruptedException {
    Map<Path, String> texts = new HashMap<>();
    with(contents).forEach(file -> file.text().ifPresent(text -> texts.put(file.file(), text)));
    try (StagedGroup staged = stage(texts)) {
      return check.check(staged.paths());
    }
  }

  /** Ends a check that runs beside; its texts wait no more. */
  void abandonTrial() {
    waiting.abandonTrial();
  }

  /**
   * Undoes a switch, except where HAProxy could start with the new texts only: a file that somebody
   * had deleted or damaged would come back as that; and where the user has gone on from them.
   */
  void goBack(GroupSwap swap) throws IOException, InterruptedException {
    boolean onlyNew = check.check(swap.previous()).isPresent() && check.check(Map.of()).isEmpty();
    boolean goneOn = whose == Whose.THE_USERS && !read().equals(seen);
    if (onlyNew || goneOn) {
      swap.keep();
    } else {
      swap.rollBack();
    }
  }

  /** Whether a killed Weir left a switch that is neither kept nor rolled back. */
  boolean unfinished() {
    return group.unfinished().isPresent();
  }

  /** Keeps what a killed Weir had switched to. */
  void keepUnfinished() throws IOException {
    Optional<GroupSwap> swap = group.unfinished();
    if (swap.isPresent()) {
      swap.get().keep();
    }
  }
}
