package dev.weir.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void countsAndCutsBytes() {
    Text text = Text.of("h\u00e9\u4e16\ud83d\ude00");

    assertThat(text.byteLength()).isEqualTo(1 + 2 + 3 + 4);
    assertThat(text.byteSlice(1, 3)).isEqualTo(Text.of("\u00e9"));
    assertThat(text.byteSlice(1, 2).isUtf8()).isFalse();
    assertThat(text.byteSlice(1, 2).toBytes()).containsExactly(0xc3);
    assertThat(text.byteSlice(1, 2)).hasToString("\ufffd").isNotEqualTo(Text.of("\ufffd"));
  }

  @Test
  void refusesToCutBeyondItsBytes() {
    assertThatThrownBy(() -> Text.of("ab").byteSlice(1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aLoneSurrogateIsWrittenAsReplacement() {
    Text text = Text.of("a\ud83db?");

    assertThat(text.toBytes()).isEqualTo("a\ufffdb?".getBytes(UTF_8));
    assertThat(text.byteLength()).isEqualTo(6);
  }

  @Property
  void bytesComeBackAsTheyWere(@ForAll byte[] bytes) {
    Text text = Text.of(bytes);

    assertThat(text.toBytes()).isEqualTo(bytes);
    assertThat(text.byteLength()).isEqualTo(bytes.length);
    assertThat(text).isEqualTo(Text.of(bytes)).hasSameHashCodeAs(Text.of(bytes));
  }

  @Property
  void theOrderIsThatOfTheBytes(@ForAll String one, @ForAll String other) {
    Text left = Text.of(Text.of(one).toBytes());
    Text right = Text.of(Text.of(other).toBytes());

    assertThat(Integer.signum(left.compareTo(right)))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(left.toBytes(), right.toBytes())));
  }
}
