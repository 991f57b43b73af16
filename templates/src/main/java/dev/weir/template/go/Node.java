package dev.weir.template.go;

import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a parsed template. */
sealed interface Node {
  /** The byte of the template that errors name. */
  int position();

  /** What is executed in order. */
  sealed interface Statement extends Node {}

  /** What is evaluated: the words of a command. */
  sealed interface Operand extends Node {}

  /** What is written as it is. */
  record TextNode(int position, Text text) implements Statement {}

  /** A pipeline whose value is written, unless it sets a variable. */
  record Action(int position, Pipeline pipeline) implements Statement {}

  /** {@code break}. */
  record Break(int position) implements Statement {}

  /** {@code continue}. */
  record Continue(int position) implements Statement {}

  /** {@code if} and {@code with}, which differ in whether the dot becomes the value. */
  record Branch(int position, Keyword keyword, Pipeline pipeline, Body body) implements Statement {
    enum Keyword {
      IF,
      WITH
    }
  }

  /** {@code range}. */
  record Range(int position, Pipeline pipeline, Body body) implements Statement {}

  /** What is executed if so, and else; null where there is no {@code else}. */
  record Body(Sequence then, @Nullable Sequence otherwise) {}

  /** {@code template}; without a pipeline its data is nothing. */
  record Invocation(int position, String name, @Nullable Pipeline data) implements Statement {}

  /** Statements in order. */
  record Sequence(List<Statement> statements) {
    public Sequence {
      statements = List.copyOf(statements);
    }
  }

  /** Commands, each given the value of the one before, and the variables that are set. */
  record Pipeline(int position, Assignment assignment, List<Command> commands) implements Operand {
    public Pipeline {
      commands = List.copyOf(commands);
    }
  }

  /** The variables that a pipeline sets, if any. */
  record Assignment(Kind kind, List<String> variables) {
    enum Kind {
      /** New ones: {@code :=}. */
      DECLARES,
      /** Those that are there: {@code =}. */
      ASSIGNS
    }

    static final Assignment NONE = new Assignment(Kind.DECLARES, List.of());

    public Assignment {
      variables = List.copyOf(variables);
    }

    boolean isNone() {
      return variables.isEmpty();
    }
  }

  /** A function with arguments, or a single value; at least one word. */
  record Command(int position, List<Operand> words) implements Node {
    public Command {
      words = List.copyOf(words);
    }
  }

  /** A function by name. */
  record Identifier(int position, String name, Callable callable) implements Operand {}

  /** A variable and fields of it. */
  record Variable(int position, String name, List<Field> fields) implements Operand {
    public Variable {
      fields = List.copyOf(fields);
    }
  }

  /** The dot. */
  record Dot(int position) implements Operand {}

  /** The word {@code nil}. */
  record Nil(int position) implements Operand {}

  /** Fields of the dot, one behind the other. */
  record FieldPath(int position, List<Field> fields) implements Operand {
    public FieldPath {
      fields = List.copyOf(fields);
    }
  }

  /** Fields of another operand, one behind the other. */
  record Chain(int position, Operand operand, List<Field> fields) implements Operand {
    public Chain {
      fields = List.copyOf(fields);
    }
  }

  /** One field by its name, which is also the key in a map. */
  record Field(String name, Text key) {
    Field(String name) {
      this(name, Text.of(name));
    }
  }

  /** {@code true} or {@code false}, or a text: its value and how it is written. */
  record Constant(int position, Value value, Text written) implements Operand {}

  /** A number, which becomes what it is used as. */
  record Numeral(int position, NumberLiteral number) implements Operand {}
}
