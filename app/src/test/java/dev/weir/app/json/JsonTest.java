package dev.weir.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON trees: what is written reads back, and what is no object is refused. */
class JsonTest {

  @Test
  void an_object_is_written_in_the_order_of_its_fields() {
    JsonObject object =
        new JsonObject()
            .with("b", 1)
            .with("a", List.of("x", new JsonObject().with("deep", true)))
            .with("at", Instant.parse("2030-01-01T00:00:00Z"))
            .with("took_seconds", Duration.ofMillis(1500))
            .with("absent", Optional.empty())
            .withNull("next");
    assertThat(Json.write(object))
        .isEqualTo(
            "{\"b\":1,\"a\":[\"x\",{\"deep\":true}],\"at\":\"2030-01-01T00:00:00.000Z\","
                + "\"took_seconds\":1.5,\"next\":null}");
  }

  @Property(tries = 200)
  void any_text_survives(@ForAll @StringLength(min = 2) String key, @ForAll String value)
      throws JsonException {
    JsonObject object = new JsonObject().with(key, value).with("n", Long.MIN_VALUE);
    assertThat(Json.readObject(Json.write(object)).text(key)).contains(value);
  }

  @Test
  void null_reads_as_absent() throws JsonException {
    assertThat(Json.readObject("{\"a\":null,\"b\":1.5}").fields()).containsOnlyKeys("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{\"a\":}",
        "{\"a\":[null]}",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{\"a\""
      })
  void what_is_no_object_is_refused(String text) {
    assertThatThrownBy(() -> Json.readObject(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void what_is_nested_without_end_is_refused() {
    String deep = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
    assertThatThrownBy(() -> Json.readObject(deep)).isInstanceOf(JsonException.class);
  }
}
