package dev.weir.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hides an absent value in a list of present ones: seen in JSpecify mode only. */
public final class NullInList {
  private NullInList() {}

  /** The names, one of which may not be there. */
  public static List<String> names(List<@Nullable String> names) {
    return names;
  }
}
