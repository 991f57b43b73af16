package dev.weir.handwritten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class EditsTest {

  private static final String TEXT = "a {\r\n\tb; # c\r\n\td; e;\r\n}";

  @Test
  void without_a_change_no_byte_differs() {
    assertThat(new Edits(TEXT).apply()).isEqualTo(TEXT);
  }

  @Test
  void a_line_goes_with_what_stood_alone_in_it() {
    Edits edits = new Edits(TEXT);
    edits.remove(TEXT.indexOf("b;"), TEXT.indexOf(" c") + 2);
    assertThat(edits.apply()).isEqualTo("a {\r\n\td; e;\r\n}");
  }

  @Test
  void lines_come_after_another_also_after_the_last() {
    assertThat(inserted("a\nb\n", 0)).isEqualTo("a\nc\nb\n");
    assertThat(inserted("a\nb\n", 3)).isEqualTo("a\nb\nc\n");
    assertThat(inserted("a\r\nb", 4)).isEqualTo("a\r\nb\r\nc");
  }

  private static String inserted(String text, int after) {
    Edits edits = new Edits(text);
    edits.insertAfterLine(after, "c");
    return edits.apply();
  }

  @Test
  void what_shares_its_line_goes_alone() {
    Edits edits = new Edits(TEXT);
    edits.remove(TEXT.indexOf("d;"), TEXT.indexOf("d;") + 2);
    assertThat(edits.apply()).isEqualTo("a {\r\n\tb; # c\r\n\t e;\r\n}");
  }

  @Test
  void lines_come_with_the_line_ends_of_the_file() {
    Edits edits = new Edits(TEXT);
    edits.insertAfterLine(TEXT.indexOf("d;"), edits.indent(TEXT.indexOf("d;")) + "f;");
    edits.insertAfterLine(TEXT.length() - 1, "g;");
    edits.replace(0, 1, "A");
    assertThat(edits.apply()).isEqualTo("A {\r\n\tb; # c\r\n\td; e;\r\n\tf;\r\n}\r\ng;");
  }

  @Test
  void two_changes_of_one_place_are_a_mistake() {
    Edits edits = new Edits(TEXT);
    edits.replace(0, 3, "");
    edits.replace(2, 4, "");
    assertThatIllegalStateException().isThrownBy(edits::apply);
  }
}
