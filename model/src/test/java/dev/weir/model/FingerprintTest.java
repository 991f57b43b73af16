package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fingerprints name contents. */
class FingerprintTest {

  @Test
  void isTheSameOnEveryMachine() {
    assertThat(Fingerprint.of("weir")).hasToString("75c6399382edc68c5eb811608b19b938");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "75C63f3b03a3fd95cd2ffc3ea6bd6a6a", "zz"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> new Fingerprint(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void differsWhereverTheTextsDiffer(@ForAll List<String> a, @ForAll List<String> b) {
    assertThat(over(a).equals(over(b))).isEqualTo(a.equals(b));
  }

  @Property
  void textsDoNotRunIntoEachOther(@ForAll String a, @ForAll String b) {
    assertThat(over(List.of(a, b))).isNotEqualTo(over(List.of(a + b)));
  }

  private static Fingerprint over(List<String> texts) {
    Fingerprint.Digest digest = Fingerprint.digest();
    texts.forEach(digest::add);
    return digest.finish();
  }
}
