package dev.weir.template.jinja.value;

import dev.weir.template.Special;
import dev.weir.template.Type;

/** A value that only Jinja templates know, beside the shared ones. */
public sealed interface PyValue extends Special
    permits Markup, Tuple, Range, DictView, Lazy, Undefined, PyObject {

  @Override
  default Type type() {
    return Type.ANY;
  }
}
