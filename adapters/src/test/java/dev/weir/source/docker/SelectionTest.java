package dev.weir.source.docker;

import static dev.weir.source.docker.Containers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionTest {

  @ParameterizedTest
  @CsvSource({"app, true", "app=web, true", "app=we, false", "app=, false", "other, false"})
  void aLabelIsAKeyOrAKeyWithItsWholeValue(String label, boolean matches) {
    Selection selection = new Selection(List.of(label), Optional.empty(), Optional.empty());
    assertThat(selection.matches(named("web-1"))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"web-1, true", "web-[0-9]+, true", "web, false", "eb-1, false", "/web-1, false"})
  void aNameMatchesAsAWholeAndWithoutItsSlash(String regex, boolean matches) {
    Selection selection =
        new Selection(List.of(), Optional.of(new NameRule(regex)), Optional.empty());
    assertThat(selection.matches(named("web-1"))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "registry:5000/shop/web:1.2, true",
    "registry:5000/shop/web, true",
    "registry:5000/shop/web:1, false",
    "registry:5000/shop/we, false",
    "shop/web, false",
    "registry, false"
  })
  void anImageWithoutATagMeansAnyTag(String image, boolean matches) {
    Selection selection = new Selection(List.of(), Optional.empty(), Optional.of(image));
    assertThat(selection.matches(named("web-1"))).isEqualTo(matches);
  }

  @Test
  void allThatIsGivenMustHold() {
    Selection selection =
        new Selection(
            List.of("app=web", "tier"), Optional.of(new NameRule(".*")), Optional.empty());
    assertThat(selection.matches(named("web-1"))).isFalse();
  }

  @Test
  void nothingGivenIsRefused() {
    assertThatThrownBy(() -> new Selection(List.of(), Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label, name and image are all missing (expected: at least one of them)");
  }

  @Test
  void selectionsOfTheSameTextAreEqual() {
    assertThat(new Selection(List.of(), Optional.of(new NameRule("w.*")), Optional.empty()))
        .isEqualTo(new Selection(List.of(), Optional.of(new NameRule("w.*")), Optional.empty()));
  }
}
