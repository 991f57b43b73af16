package dev.weir.gate;

import java.util.List;

/** A raw type: javac's own lint. */
public final class RawType {
  private RawType() {}

  /** The size of a list of nobody knows what. */
  public static int size(List list) {
    return list.size();
  }
}
