package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How what is wanted stands in files: in one of Weir's own, or in lines of the user's. */
interface Layout {

  /** Tells what sections inherit. */
  void know(Defaults defaults);

  /** What the files say. */
  Parsed parsed(List<ObservedFile> files);

  /** Why nothing can be said of them, and nothing may be done; empty where all is well. */
  Optional<String> problem(List<ObservedFile> files);

  /**
   * What only a load of the files can bring HAProxy, apart from what stands in sections.
   *
   * @param loaded what the running HAProxy says that it was loaded from
   */
  Optional<String> unloaded(Parsed now, Optional<Fingerprint> loaded);

  /** Puts sections, by their names, into the files. */
  Written write(List<ObservedFile> files, Map<String, Section> sections);

  /** Whether a section can be tried without the others. */
  default boolean isDivisible() {
    return true;
  }

  /** Files as they shall be. */
  interface Written {

    /** How much of what they say changes. */
    Change change();

    /** To be loaded, with a fingerprint that says so. */
    List<FileContent> toLoad();

    /**
     * To follow what HAProxy runs already.
     *
     * @param loaded what HAProxy says that it was loaded from
     */
    List<FileContent> following(Optional<Fingerprint> loaded);
  }

  /** How much changes. */
  enum Change {
    /** Nothing. */
    NONE,
    /** Only what tells Weir's lines from the user's: nothing that HAProxy reads. */
    MARKS,
    /** What HAProxy reads. */
    TEXT
  }
}
