package dev.weir.source.aws;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which Auto Scaling groups. */
public sealed interface Selection {

  /** Those of these names. */
  record Named(SortedSet<String> names) implements Selection {
    public Named {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    @Override
    public String toString() {
      return "groups " + String.join(", ", names);
    }
  }

  /** Those that have all of these tags. */
  record Tagged(SortedMap<String, String> tags) implements Selection {
    public Tagged {
      tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    @Override
    public String toString() {
      return "groups tagged " + tags;
    }
  }
}
