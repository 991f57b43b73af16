package dev.weir.app.config;

import dev.weir.model.Member;
import dev.weir.model.SourceReport;
import dev.weir.spi.Shape;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Members with certain labels: {@code role=primary}, or several with commas between.
 *
 * @param labels all that a member must have; at least one
 */
public record LabelSelector(SortedMap<String, String> labels) {

  static final Shape<LabelSelector> SHAPE =
      Shape.scalar("LABEL=VALUE, several with commas between", LabelSelector::parse);

  public LabelSelector {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  static LabelSelector parse(String text) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not a label and its value");
      }
      labels.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return new LabelSelector(labels);
  }

  public boolean matches(Member member) {
    return member.labels().entrySet().containsAll(labels.entrySet());
  }

  /** The report with every matching member as a backup. */
  public SourceReport markBackups(SourceReport report) {
    return switch (report) {
      case SourceReport.Unavailable unavailable -> unavailable;
      case SourceReport.Complete complete ->
          new SourceReport.Complete(
              complete.members().stream()
                  .map(member -> matches(member) ? member.withBackup(true) : member)
                  .toList(),
              complete.absence(),
              complete.ended(),
              complete.remarks());
    };
  }

  /** The report with the matching members alone. */
  SourceReport select(SourceReport report) {
    return switch (report) {
      case SourceReport.Unavailable unavailable -> unavailable;
      case SourceReport.Complete complete ->
          new SourceReport.Complete(
              complete.members().stream().filter(this::matches).toList(),
              complete.absence(),
              complete.ended(),
              complete.remarks());
    };
  }
}
