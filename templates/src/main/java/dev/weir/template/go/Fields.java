package dev.weir.template.go;

import dev.weir.template.Function;
import dev.weir.template.LimitExceeded;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.ObjectValue;
import dev.weir.template.RecordValue;
import dev.weir.template.TemplateException;
import dev.weir.template.Value;
import java.util.List;

/** What is behind a dot: keys of maps, fields of records, fields and methods of objects. */
final class Fields {
  private final State state;
  private final Calls calls;
  private final MissingKey missingKey;

  Fields(State state, Calls calls, MissingKey missingKey) {
    this.state = state;
    this.calls = calls;
    this.missingKey = missingKey;
  }

  /** Follows fields from a value on; the last of them is given the arguments. */
  Value follow(Value from, Node.Operand node, List<Node.Field> path, Arguments arguments)
      throws TemplateException, LimitExceeded {
    Value receiver = from;
    int last = path.size() - 1;
    for (int index = 0; index < last; index++) {
      receiver = step(receiver, node, path.get(index), arguments.none());
    }
    return step(receiver, node, path.get(last), arguments);
  }

  private Value step(Value bound, Node.Operand node, Node.Field field, Arguments arguments)
      throws TemplateException, LimitExceeded {
    Value receiver = Held.open(bound);
    return switch (receiver) {
      case MapValue map when Types.accepts(map.type().key(), field.key()) ->
          entry(map, field, arguments);
      case RecordValue fields -> field(fields, bound, field, arguments);
      case ObjectValue object -> {
        Function method = object.method(field.name());
        yield method == null
            ? field(object, bound, field, arguments)
            : calls.call(method, node, arguments);
      }
      case Missing _ -> {
        if (missingKey == MissingKey.ERROR) {
          throw state.error("nil data; no entry for key " + Quoting.quote(field.name()));
        }
        yield Missing.MISSING;
      }
      case Null _ -> throw state.error("nil pointer evaluating interface {}." + field.name());
      default -> throw unknown(bound, field);
    };
  }

  private Value field(RecordValue fields, Value bound, Node.Field field, Arguments arguments)
      throws TemplateException {
    int index = fields.type().indexOf(field.name());
    if (index < 0) {
      throw unknown(bound, field);
    }
    checkNotCalled(field, arguments);
    return Held.bind(fields.values().get(index), fields.type().fields().get(index).type());
  }

  private void checkNotCalled(Node.Field field, Arguments arguments) throws TemplateException {
    if (arguments.areGiven()) {
      throw state.error(field.name() + " has arguments but cannot be invoked as function");
    }
  }

  private Value entry(MapValue map, Node.Field field, Arguments arguments)
      throws TemplateException {
    if (arguments.areGiven()) {
      throw state.error(field.name() + " is not a method but has arguments");
    }
    Value value = map.get(field.key());
    if (value != null) {
      return Held.bind(value, map.type().value());
    }
    return switch (missingKey) {
      case DEFAULT -> Missing.MISSING;
      case ZERO -> Held.bind(Types.zero(map.type().value()), map.type().value());
      case ERROR -> throw state.error("map has no entry for key " + Quoting.quote(field.name()));
    };
  }

  private Value field(ObjectValue object, Value bound, Node.Field field, Arguments arguments)
      throws TemplateException {
    Value value = object.field(field.name());
    if (value == null) {
      throw unknown(bound, field);
    }
    checkNotCalled(field, arguments);
    return value;
  }

  private TemplateException unknown(Value bound, Node.Field field) {
    return state.error(
        "can't evaluate field %s in type %s".formatted(field.name(), Types.name(bound)));
  }
}
