package dev.weir.template.jinja.run;

import dev.weir.template.LimitExceeded;
import dev.weir.template.Source;
import dev.weir.template.Text;
import dev.weir.template.Trail;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Show;

/** Where a block writes: to the output of the run, or to a text of its own. */
interface Sink {

  /** Writes a text. */
  void write(Text text);

  /** Tells where in the template what is written next comes from; what is put together forgets. */
  default void from(int at, Trail.How how) {}

  /** Writes a value as it prints. */
  default void print(Value value) {
    write(value instanceof Text text ? text : Text.of(Show.str(value)));
  }

  /** The output of a run. */
  record Output(Budget budget, Source source) implements Sink {
    @Override
    public void write(Text text) {
      try {
        budget.execution().write(text);
      } catch (LimitExceeded over) {
        throw Budget.exhausted(over);
      }
    }

    @Override
    public void from(int at, Trail.How how) {
      budget.execution().from(source, at, how);
    }
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
