package dev.weir.template.go;

import dev.weir.template.Execution;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.TemplateException.Kind;
import dev.weir.template.Text;
import dev.weir.template.Trail;

/** Where a run is: the template and node that errors name, and the variables. */
final class State {
  private final Execution execution;
  private Definition definition;
  private Variables variables = new Variables();
  private Node at;

  State(Definition main, Execution execution) {
    this.definition = main;
    this.execution = execution;
    this.at = new Node.TextNode(0, Text.EMPTY);
  }

  Definition main() {
    return definition;
  }

  Execution execution() {
    return execution;
  }

  Variables variables() {
    return variables;
  }

  /** Errors from here on are of this node. */
  void at(Node node) {
    at = node;
  }

  /** What a called template hides while it runs. */
  record Caller(Definition definition, Variables variables) {}

  /** Goes into a template, which sees no variables but its own. */
  Caller call(Definition callee) {
    Caller caller = new Caller(definition, variables);
    definition = callee;
    variables = new Variables();
    return caller;
  }

  /** Comes back from a template that has ended well. */
  void back(Caller caller) {
    definition = caller.definition();
    variables = caller.variables();
  }

  /** What is written next comes from this node. */
  void from(Node node, Trail.How how) {
    execution.from(definition.source(), node.position(), how);
  }

  /** An error of the current node. */
  TemplateException error(String message) {
    return error(Kind.EXECUTION, message);
  }

  /** An error of the current node. */
  TemplateException error(Kind kind, String message) {
    Source source = definition.source();
    byte[] before = source.text().byteSlice(0, at.position()).toBytes();
    int line = 1;
    int lineStart = 0;
    for (int index = 0; index < before.length; index++) {
      if (before[index] == '\n') {
        line++;
        lineStart = index + 1;
      }
    }
    String text =
        "template: %s:%d:%d: executing %s at <%s>: %s"
            .formatted(
                source.name(),
                line,
                before.length - lineStart,
                Quoting.quote(definition.name()),
                Printer.print(at),
                message);
    return new TemplateException(kind, source, source.placeOfByte(at.position()), text);
  }
}
