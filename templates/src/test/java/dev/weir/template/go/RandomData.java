package dev.weir.template.go;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random data in the form that {@link TestData} reads: a map with values of every type. */
final class RandomData {
  /** The keys that maps have, if any. */
  static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");

  private static final List<String> REALS =
      List.of("0", "-0", "1", "1.5", "-2.25", "1e21", "1e-7", "123456789", "NaN", "+Inf", "0.1");
  private static final List<String> TEXTS =
      List.of("", "a", "b", "h\u00e9\u4e16", "<a href='x'>", "two words", "%d", "a\\nb", "10");

  private final SplittableRandom random;

  RandomData(SplittableRandom random) {
    this.random = random;
  }

  String root() {
    return map("text", "any", () -> any(0), KEYS.size());
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String any(int depth) {
    return switch (random.nextInt(depth < 3 ? 16 : 7)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> integer();
      case 3 -> "{\"uint\": \"" + random.nextInt(10) + "\"}";
      case 4 -> real();
      case 5, 6 -> text();
      case 7 -> "{\"bytes\": \"aMPDqQ==\"}";
      case 8 -> "{\"kv\": [" + text() + ", " + any(depth + 1) + "]}";
      case 9 -> list("text", this::text);
      case 10 -> list("int", this::integer);
      case 11 -> list("any", () -> any(depth + 1));
      case 12 -> list("KV", () -> "{\"kv\": [" + text() + ", " + any(3) + "]}");
      case 13 -> map("text", "int", this::integer, 3);
      case 14 -> map("text", "text", this::text, 3);
      default -> map("text", "any", () -> any(depth + 1), 4);
    };
  }

  private String integer() {
    return "{\"int\": \"" + (random.nextInt(20) - 5) + "\"}";
  }

  private String real() {
    return "{\"real\": \"" + pick(REALS) + "\"}";
  }

  private String text() {
    return "\"" + pick(TEXTS) + "\"";
  }

  private String list(String type, Supplier<String> element) {
    StringBuilder text = new StringBuilder("{\"list\": [\"" + type + "\"");
    for (int count = random.nextInt(4); count > 0; count--) {
      text.append(", ").append(element.get());
    }
    return text.append("]}").toString();
  }

  private String map(String keys, String type, Supplier<String> element, int most) {
    StringBuilder text = new StringBuilder("{\"map\": [\"" + keys + "\", \"" + type + "\"");
    for (int index = 0; index < most; index++) {
      if (random.nextInt(4) > 0) {
        text.append(", [\"" + KEYS.get(index) + "\", " + element.get() + "]");
      }
    }
    return text.append("]}").toString();
  }
}
