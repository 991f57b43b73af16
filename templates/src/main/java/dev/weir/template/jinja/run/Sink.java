package dev.weir.template.jinja.run;

import dev.weir.template.LimitExceeded;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Show;

/** Where a block writes: to the output of the run, or to a text of its own. */
interface Sink {

  /** Writes a text. */
  void write(Text text);

  /** Writes a value as it prints. */
  default void print(Value value) {
    write(value instanceof Text text ? text : Text.of(Show.str(value)));
  }

  /** The output of a run. */
  static Sink output(Budget budget) {
    return text -> {
      try {
        budget.execution().write(text);
      } catch (LimitExceeded over) {
        throw Budget.exhausted(over);
      }
    };
  }

  /** A text that is put together. */
  final class Captured implements Sink {
    private final Budget budget;
    private final StringBuilder text = new StringBuilder();

    Captured(Budget budget) {
      this.budget = budget;
    }

    @Override
    public void write(Text more) {
      budget.reserve(more.toString().length());
      text.append(more);
    }

    Text text() {
      return Text.of(text.toString());
    }
  }
}
