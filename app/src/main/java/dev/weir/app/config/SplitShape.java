package dev.weir.app.config;

import dev.weir.model.Split;
import dev.weir.spi.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the shares of groups are written: {@code { by: asg, shares: { blue: 90%, green: 10% } }}. */
final class SplitShape {

  private static final Shape.Key<String> BY =
      Shape.Key.required(
          "by", Shape.text("the name of a label"), "The label whose values name the groups.");
  private static final Shape.Key<Map<String, Double>> SHARES =
      Shape.Key.required(
          "shares",
          Shape.dictionary("GROUP", Shape.scalar("a share such as 10%", SplitShape::percent)),
          "The share of each group, together at most 100%; what is left goes to all other members"
              + " together. A group with nobody ready yields its share.");

  static final Shape<Split> SHAPE =
      new Shape.Mapping<>(
          "{ by: LABEL, shares: { GROUP: SHARE } }",
          List.of(BY, SHARES),
          values -> new Split(values.get(BY), new TreeMap<>(values.get(SHARES))));

  private SplitShape() {}

  private static double percent(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%")) {
      throw new IllegalArgumentException("not a share");
    }
    return Double.parseDouble(text.substring(0, text.length() - 1));
  }
}
