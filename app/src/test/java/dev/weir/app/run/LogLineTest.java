package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {

  private final LogLine human = new LogLine(LogFormat.HUMAN);

  private static LoggingEvent event(String at, Level level, String message) {
    LoggingEvent event =
        new LoggingEvent(
            "test", new LoggerContext().getLogger("dev.weir"), level, message, null, null);
    event.setInstant(Instant.parse(at));
    return event;
  }

  @Test
  void begins_with_the_time_to_the_millisecond_and_the_level_in_a_column() {
    assertThat(human.doLayout(event("2030-01-02T03:04:05.006Z", Level.INFO, "one")))
        .isEqualTo("2030-01-02T03:04:05.006Z INFO  one\n");
    assertThat(human.doLayout(event("2030-01-02T03:04:05.999Z", Level.ERROR, "two")))
        .isEqualTo("2030-01-02T03:04:05.999Z ERROR two\n");
    assertThat(human.doLayout(event("2030-01-02T03:04:06Z", Level.WARN, "three")))
        .isEqualTo("2030-01-02T03:04:06.000Z WARN  three\n");
    assertThat(human.doLayout(event("1969-12-31T23:59:59.500Z", Level.WARN, "before it began")))
        .startsWith("1969-12-31T23:59:59.500Z ");
  }

  @Test
  void quotes_only_values_that_could_be_taken_for_more_than_one() {
    LoggingEvent event = event("2030-01-01T00:00:00Z", Level.INFO, "m");
    event.addKeyValuePair(new KeyValuePair("plain", "10.0.0.1:80"));
    event.addKeyValuePair(new KeyValuePair("blank", "a b"));
    event.addKeyValuePair(new KeyValuePair("quote", "a\"b"));
    event.addKeyValuePair(new KeyValuePair("equals", "a=b"));
    event.addKeyValuePair(new KeyValuePair("empty", ""));
    event.addKeyValuePair(new KeyValuePair("line", "a\nb"));
    assertThat(human.doLayout(event))
        .endsWith(
            " m plain=10.0.0.1:80 blank=\"a b\" quote=\"a\\\"b\" equals=\"a=b\" empty=\"\""
                + " line=\"a\\nb\"\n");
  }

  @Test
  void a_message_stays_on_its_line() {
    assertThat(human.doLayout(event("2030-01-01T00:00:00Z", Level.INFO, "a\r\n\u0085b\tc")))
        .isEqualTo("2030-01-01T00:00:00.000Z INFO  a \u0085b c\n");
  }

  @Test
  void json_has_the_same_time() {
    LogLine json = new LogLine(LogFormat.JSON);
    assertThat(json.doLayout(event("2030-01-02T03:04:05.067Z", Level.WARN, "say \"hi\"")))
        .isEqualTo(
            "{\"time\":\"2030-01-02T03:04:05.067Z\",\"level\":\"warn\",\"msg\":\"say \\\"hi\\\"\"}\n");
  }
}
