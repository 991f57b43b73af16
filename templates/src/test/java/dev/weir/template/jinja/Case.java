package dev.weir.template.jinja;

import dev.weir.template.jinja.JinjaOptions.Undefined;
import dev.weir.template.jinja.syntax.Trim;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * One line of a file of cases: a template and what the rules of the language make of it.
 *
 * <ul>
 *   <li>{@code TEMPLATE ==> OUTPUT}, or {@code expr EXPRESSION ==> OUTPUT} for an expression alone;
 *   <li>{@code TEMPLATE ==! LINE:COLUMN PART} for an error whose message has that part;
 *   <li>{@code ~~>} and {@code ~~!} instead where the real engine differs, as the README says;
 *   <li>{@code @data JSON}, {@code @trim NAMES} and {@code @undefined strict} for the lines below;
 *   <li>a {@code ⏎} is a newline, a {@code ⇥} a tab; a line that begins with # is a comment.
 * </ul>
 *
 * @param real whether the real engine has to give the same
 */
record Case(String name, Question question, Answer expected, boolean real) {

  private static final List<String> ARROWS = List.of(" ==>", " ==!", " ~~>", " ~~!");

  static List<Case> read(String file) {
    try (InputStream bytes = Case.class.getResourceAsStream("cases/" + file)) {
      if (bytes == null) {
        throw new IllegalArgumentException("no file of cases: " + file);
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      return new Reader(file).all(lines.lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** Reads one file, with what its directives have said so far. */
  private static final class Reader {
    private final String file;
    private Map<String, Object> data = Map.of();
    private Set<Trim> trim = Set.of();
    private Undefined undefined = Undefined.DEFAULT;

    Reader(String file) {
      this.file = file;
    }

    List<Case> all(List<String> lines) {
      List<Case> cases = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.startsWith("@")) {
          directive(line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          cases.add(of(file + ":" + (i + 1) + " " + line, line));
        }
      }
      return cases;
    }

    private void directive(String line) {
      String value = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, line.indexOf(' '))) {
        case "@data" ->
            data = new ObjectMapper().readValue(value, new TypeReference<Map<String, Object>>() {});
        case "@trim" -> {
          trim = EnumSet.allOf(Trim.class);
          trim.removeIf(each -> !value.contains(Question.name(each)));
        }
        case "@undefined" ->
            undefined = value.equals("strict") ? Undefined.STRICT : Undefined.DEFAULT;
        default -> throw new IllegalArgumentException("unknown directive: " + line);
      }
    }

    private Case of(String name, String line) {
      String arrow =
          ARROWS.stream()
              .filter(line::contains)
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no arrow in " + name));
      int at = line.lastIndexOf(arrow);
      String left = line.substring(0, at);
      String right = line.substring(Math.min(line.length(), at + arrow.length() + 1));
      boolean expression = left.startsWith("expr ");
      String template = expression ? "{{ " + left.substring(5) + " }}" : unfolded(left);
      return new Case(
          name,
          new Question(template, data, trim, undefined),
          arrow.endsWith(">") ? new Answer.Output(unfolded(right)) : mistake(right),
          arrow.startsWith(" =="));
    }

    private static Answer mistake(String written) {
      String[] place = written.substring(0, written.indexOf(' ')).split(":", -1);
      String part = written.substring(written.indexOf(' ') + 1);
      return new Answer.Mistake("", Integer.parseInt(place[0]), Integer.parseInt(place[1]), part);
    }

    private static String unfolded(String text) {
      return text.replace('⏎', '\n').replace('⇥', '\t');
    }
  }
}
