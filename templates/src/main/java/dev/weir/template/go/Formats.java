package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Execution;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.List;

/** Prints values without a format. */
final class Formats {
  /** What is printed where there is nothing. */
  static final Text NO_VALUE = Text.of("<no value>");

  private Formats() {}

  /** One value by the verb {@code v}. */
  static Text plain(Value value, Execution execution) throws LimitExceeded {
    return print(List.of(value), execution);
  }

  /** Values by the verb {@code v}, a space between two of which neither is a text. */
  static Text print(List<Value> values, Execution execution) throws LimitExceeded {
    Bytes out = new Bytes();
    ValueFormat format = new ValueFormat(out, execution);
    boolean afterText = true;
    for (Value value : values) {
      boolean text = value instanceof Text;
      if (!text && !afterText) {
        out.write(' ');
      }
      format.print(value, new Directive('v'));
      afterText = text;
    }
    execution.built(out.size());
    return out.toText();
  }

  /** Values by the verb {@code v}, spaces between them and a line feed behind. */
  static Text printLine(List<Value> values, Execution execution) throws LimitExceeded {
    Bytes out = new Bytes();
    ValueFormat format = new ValueFormat(out, execution);
    for (int index = 0; index < values.size(); index++) {
      if (index > 0) {
        out.write(' ');
      }
      format.print(values.get(index), new Directive('v'));
    }
    out.write('\n');
    execution.built(out.size());
    return out.toText();
  }
}
