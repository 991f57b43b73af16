package dev.weir.gate;

/** Computes what nobody reads: a mere warning of Error Prone, which is an error here. */
public final class UnusedValue {
  private UnusedValue() {}

  /** Always one. */
  public static int one(String text) {
    int length = text.length();
    return 1;
  }
}
