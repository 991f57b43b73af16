package dev.weir.model;

import java.util.Locale;

/** The state of a member in a proxy. */
public enum ServerState {
  READY,
  /** Finishes what it has, gets nothing new. */
  DRAIN,
  MAINT;

  /** The word that people and programs see: {@code ready}, {@code drain}, {@code maint}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
