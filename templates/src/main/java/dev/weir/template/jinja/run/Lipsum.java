package dev.weir.template.jinja.run;

import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.CaseMethods;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Markup;
import dev.weir.template.jinja.value.Signature;
import java.util.ArrayList;
import java.util.List;

/** Text without a meaning, to see how a page looks. */
final class Lipsum {

  private static final Signature SIGNATURE = Signature.of("lipsum", "?n ?html ?min ?max");
  private static final List<String> WORDS =
      List.of(
          "lorem",
          "ipsum",
          "dolor",
          "sit",
          "amet",
          "consectetur",
          "adipiscing",
          "elit",
          "sed",
          "do",
          "eiusmod",
          "tempor",
          "incididunt",
          "ut",
          "labore",
          "et",
          "dolore",
          "magna",
          "aliqua");

  private Lipsum() {}

  static Value of(Args args, Context context) {
    Bound bound = SIGNATURE.bind(args);
    long least = bound.integer(2, 20);
    long most = bound.integer(3, 100);
    if (least >= most) {
      throw new Failure("lipsum() needs min below max, not " + least + " and " + most);
    }
    boolean html = bound.isTrue(1, true);
    List<String> paragraphs = new ArrayList<>();
    for (long i = 0; i < bound.integer(0, 5); i++) {
      String text = paragraph(context.random().nextLong(least, most), context);
      paragraphs.add(html ? "<p>" + text + "</p>" : text);
    }
    String all = String.join(html ? "\n" : "\n\n", paragraphs);
    return html ? new Markup(all) : Text.of(all);
  }

  private static String paragraph(long words, Context context) {
    List<String> chosen = new ArrayList<>();
    for (long i = 0; i < words; i++) {
      context.budget().step();
      context.budget().reserve(12);
      chosen.add(WORDS.get(context.random().nextInt(WORDS.size())));
    }
    return CaseMethods.capitalized(String.join(" ", chosen)) + ".";
  }
}
