package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import org.junit.jupiter.api.Test;

class ReadingsTest {

  private static final String TEXT = "backend web\n  server a 127.0.0.1:80\n";

  private final Readings<ConfigText.Parsed> readings = new Readings<>(ConfigText::parse);

  @Test
  void a_text_is_read_once_also_when_another_instance_of_it_comes() {
    Parsed first = readings.of(TEXT);
    assertThat(first.sections()).containsOnlyKeys("web");
    assertThat(readings.of(TEXT)).isSameAs(first);
    assertThat(readings.of(new String(TEXT.toCharArray()))).isSameAs(first);
  }

  @Test
  void the_newest_reading_of_a_text_counts_and_old_ones_are_forgotten() {
    Parsed first = readings.of(TEXT);
    readings.know(TEXT, Parsed.NOTHING);
    assertThat(readings.of(TEXT)).isSameAs(Parsed.NOTHING);
    for (int i = 0; i < 4; i++) {
      readings.of("backend other" + i + "\n");
    }
    assertThat(readings.of(TEXT)).isEqualTo(first).isNotSameAs(first);
  }
}
