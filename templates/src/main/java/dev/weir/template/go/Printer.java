package dev.weir.template.go;

import java.util.List;
import java.util.stream.Collectors;

/** Writes nodes as errors show them: one space between words, whatever the template has. */
final class Printer {
  private Printer() {}

  static String print(Node node) {
    return switch (node) {
      case Node.Statement statement -> statement(statement);
      case Node.Command command -> command(command);
      case Node.Pipeline pipeline -> pipeline(pipeline);
      case Node.Operand operand -> operand(operand);
    };
  }

  private static String statement(Node.Statement statement) {
    return switch (statement) {
      case Node.TextNode text -> text.text().toString();
      case Node.Action action -> "{{" + pipeline(action.pipeline()) + "}}";
      case Node.Break _ -> "{{break}}";
      case Node.Continue _ -> "{{continue}}";
      case Node.Branch branch ->
          control(
              branch.keyword() == Node.Branch.Keyword.IF ? "if" : "with",
              branch.pipeline(),
              branch.body());
      case Node.Range range -> control("range", range.pipeline(), range.body());
      case Node.Invocation call -> invocation(call);
    };
  }

  private static String invocation(Node.Invocation call) {
    String data = call.data() == null ? "" : " " + pipeline(call.data());
    return "{{template " + Quoting.quote(call.name()) + data + "}}";
  }

  private static String control(String keyword, Node.Pipeline pipeline, Node.Body body) {
    String otherwise = body.otherwise() == null ? "" : "{{else}}" + sequence(body.otherwise());
    return "{{%s %s}}%s%s{{end}}"
        .formatted(keyword, pipeline(pipeline), sequence(body.then()), otherwise);
  }

  private static String sequence(Node.Sequence sequence) {
    return sequence.statements().stream().map(Printer::statement).collect(Collectors.joining());
  }

  private static String pipeline(Node.Pipeline pipeline) {
    String commands =
        pipeline.commands().stream().map(Printer::command).collect(Collectors.joining(" | "));
    if (pipeline.assignment().isNone()) {
      return commands;
    }
    return String.join(", ", pipeline.assignment().variables()) + " := " + commands;
  }

  private static String command(Node.Command command) {
    return command.words().stream().map(Printer::operand).collect(Collectors.joining(" "));
  }

  private static String operand(Node.Operand operand) {
    return switch (operand) {
      case Node.Pipeline pipeline -> "(" + pipeline(pipeline) + ")";
      case Node.Identifier identifier -> identifier.name();
      case Node.Variable variable -> variable.name() + fields(variable.fields());
      case Node.Dot _ -> ".";
      case Node.Nil _ -> "nil";
      case Node.FieldPath path -> fields(path.fields());
      case Node.Chain chain -> operand(chain.operand()) + fields(chain.fields());
      case Node.Constant constant -> constant.written().toString();
      case Node.Numeral numeral -> numeral.number().written();
    };
  }

  private static String fields(List<Node.Field> fields) {
    return fields.stream().map(field -> "." + field.name()).collect(Collectors.joining());
  }
}
