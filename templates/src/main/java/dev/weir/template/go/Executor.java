package dev.weir.template.go;

import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.LimitExceeded;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.TemplateException;
import dev.weir.template.TemplateException.Kind;
import dev.weir.template.Text;
import dev.weir.template.Trail;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks the statements of a template and writes what they say. */
final class Executor {
  /** How a statement ends. */
  private enum Flow {
    /** The next one follows. */
    ON,
    /** The innermost range ends. */
    BREAK,
    /** The innermost range goes on with its next element. */
    CONTINUE
  }

  private final State state;
  private final Map<String, Definition> definitions;
  private final Evaluator evaluator;

  Executor(State state, Map<String, Definition> definitions, MissingKey missingKey) {
    this.state = state;
    this.definitions = definitions;
    this.evaluator = new Evaluator(state, missingKey);
  }

  /** Renders the template that the state begins with. */
  void run(Value data) throws TemplateException {
    Value dot = Evaluator.concrete(data);
    state.variables().declare("$", dot);
    try {
      walk(dot, state.main().sequence());
    } catch (LimitExceeded limit) {
      throw state.error(Kind.LIMIT, String.valueOf(limit.getMessage()));
    }
  }

  private Flow walk(Value dot, Node.Sequence sequence) throws TemplateException, LimitExceeded {
    List<Node.Statement> statements = sequence.statements();
    for (int index = 0; index < statements.size(); index++) {
      Flow flow = walk(dot, statements.get(index));
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow walk(Value dot, Node.Statement statement) throws TemplateException, LimitExceeded {
    state.at(statement);
    state.execution().step();
    return switch (statement) {
      case Node.TextNode text -> {
        state.from(text, Trail.How.COPIED_AT_BYTE);
        state.execution().write(text.text());
        yield Flow.ON;
      }
      case Node.Action action -> {
        Value value = evaluator.pipeline(dot, action.pipeline());
        if (action.pipeline().assignment().isNone()) {
          state.from(action, Trail.How.PRINTED_AT_BYTE);
          print(action, value);
        }
        yield Flow.ON;
      }
      case Node.Break _ -> Flow.BREAK;
      case Node.Continue _ -> Flow.CONTINUE;
      case Node.Branch branch -> branch(dot, branch);
      case Node.Range range -> range(dot, range);
      case Node.Invocation call -> {
        invoke(dot, call);
        yield Flow.ON;
      }
    };
  }

  private void print(Node.Action action, Value value) throws TemplateException, LimitExceeded {
    switch (value) {
      case Text text -> state.execution().write(text);
      case Int number -> state.execution().write(Text.of(number.toString()));
      case Missing _ -> state.execution().write(Formats.NO_VALUE);
      case FunctionValue function -> {
        state.at(action);
        throw state.error(
            "can't print %s of type %s".formatted(Printer.print(action), Types.name(function)));
      }
      default -> state.execution().write(Formats.plain(value, state.execution()));
    }
  }

  private Flow branch(Value dot, Node.Branch branch) throws TemplateException, LimitExceeded {
    int entered = state.variables().enter();
    state.execution().enter();
    Value value = evaluator.pipeline(dot, branch.pipeline());
    boolean holds = Truth.of(value);
    Node.Sequence chosen = holds ? branch.body().then() : branch.body().otherwise();
    Flow flow = Flow.ON;
    if (chosen != null) {
      boolean rebinds = holds && branch.keyword() == Node.Branch.Keyword.WITH;
      flow = walk(rebinds ? value : dot, chosen);
    }
    state.execution().leave();
    state.variables().leave(entered);
    return flow;
  }

  private void invoke(Value dot, Node.Invocation call) throws TemplateException, LimitExceeded {
    Definition callee = definitions.get(call.name());
    if (callee == null) {
      throw state.error("template " + Quoting.quote(call.name()) + " not defined");
    }
    state.execution().enter();
    Node.Pipeline pipeline = call.data();
    Value data = pipeline == null ? Missing.MISSING : evaluator.pipeline(dot, pipeline);
    State.Caller caller = state.call(callee);
    state.variables().declare("$", data);
    walk(data, callee.sequence());
    state.back(caller);
    state.execution().leave();
  }

  private Flow range(Value dot, Node.Range range) throws TemplateException, LimitExceeded {
    int entered = state.variables().enter();
    state.execution().enter();
    Value over = evaluator.pipeline(dot, range.pipeline());
    boolean any =
        switch (over) {
          case ListValue list -> overList(range, list);
          case MapValue map -> overMap(range, map);
          case Missing _ -> false;
          default ->
              throw state.error(
                  "range can't iterate over " + Formats.plain(over, state.execution()));
        };
    Flow flow = Flow.ON;
    Node.@Nullable Sequence otherwise = range.body().otherwise();
    if (!any && otherwise != null) {
      flow = walk(dot, otherwise);
    }
    state.execution().leave();
    state.variables().leave(entered);
    return flow;
  }

  private boolean overList(Node.Range range, ListValue list)
      throws TemplateException, LimitExceeded {
    Type element = list.type().element();
    for (int index = 0; index < list.size(); index++) {
      Value bound = Held.bind(list.get(index), element);
      if (iterate(range, Int.of(index), bound) == Flow.BREAK) {
        break;
      }
    }
    return list.size() > 0;
  }

  private boolean overMap(Node.Range range, MapValue map) throws TemplateException, LimitExceeded {
    Type.MapOf type = map.type();
    for (Map.Entry<Value, Value> entry : KeyOrder.sorted(map)) {
      Value key = Held.bind(entry.getKey(), type.key());
      if (iterate(range, key, Held.bind(entry.getValue(), type.value())) == Flow.BREAK) {
        break;
      }
    }
    return map.size() > 0;
  }

  private Flow iterate(Node.Range range, Value key, Value element)
      throws TemplateException, LimitExceeded {
    state.execution().step();
    Node.Assignment assignment = range.pipeline().assignment();
    int entered = state.variables().enter();
    if (assignment.variables().size() == 2) {
      state.variables().assign(assignment.variables().getFirst(), key);
    }
    if (!assignment.isNone()) {
      state.variables().assign(assignment.variables().getLast(), element);
    }
    Flow flow = walk(element, range.body().then());
    state.variables().leave(entered);
    return flow;
  }
}
