package dev.weir.app.run;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/** One line of the log for each thing that is logged. */
final class LogLine extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final LogFormat format;

  /** The second of the line before, which is mostly that of the next as well. */
  private volatile Second second = Second.of(0);

  private record Second(long epochSecond, String text) {
    static Second of(long epochSecond) {
      return new Second(epochSecond, SECONDS.format(Instant.ofEpochSecond(epochSecond)));
    }
  }

  private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

  LogLine(LogFormat format) {
    this.format = format;
    traces.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return switch (format) {
      case HUMAN -> human(event);
      case JSON -> json(event);
    };
  }

  private String human(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append(time(event)).append(' ');
    String level = event.getLevel().toString();
    line.append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
    line.append(oneLine(event.getFormattedMessage()));
    for (KeyValuePair pair : pairs(event)) {
      line.append(' ').append(pair.key).append('=').append(plain(String.valueOf(pair.value)));
    }
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(traces.convert(event));
    }
    return line.toString();
  }

  private String json(ILoggingEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("time", Json.text(time(event)));
    fields.put("level", Json.text(event.getLevel().toString().toLowerCase(Locale.ROOT)));
    for (KeyValuePair pair : pairs(event)) {
      fields.put(String.valueOf(pair.key), Json.value(pair.value));
    }
    fields.put("msg", Json.text(event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      fields.put("error", Json.text(traces.convert(event).strip()));
    }
    StringBuilder line = new StringBuilder(240);
    fields.forEach((key, value) ->
        line.append(line.isEmpty() ? '{' : ',').append(Json.text(key)).append(':').append(value));
    return line.append("}\n").toString();
  }

  private String time(ILoggingEvent event) {
    long epochSecond = Math.floorDiv(event.getTimeStamp(), 1000L);
    Second known = second;
    if (known.epochSecond() != epochSecond) {
      known = Second.of(epochSecond);
      second = known;
    }
    String millis = Integer.toString(1000 + Math.floorMod(event.getTimeStamp(), 1000));
    return known.text() + millis.substring(1) + 'Z';
  }

  private static List<KeyValuePair> pairs(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }

  /** A value with blanks or quotes is quoted, so that a line can be taken apart again. */
  private static String plain(String value) {
    boolean plain = !value.isEmpty();
    for (int i = 0; plain && i < value.length(); i++) {
      char c = value.charAt(i);
      plain = !Character.isWhitespace(c) && c != '"' && c != '=';
    }
    return plain ? value : Json.text(value);
  }

  private static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return CONTROLS.matcher(text).replaceAll(" ");
      }
    }
    return text;
  }

  /** The little JSON that a line of the log needs. */
  private static final class Json {

    private Json() {}

    static String value(Object value) {
      return value instanceof Number || value instanceof Boolean
          ? value.toString()
          : text(String.valueOf(value));
    }

    static String text(String text) {
      StringBuilder out = new StringBuilder(text.length() + 2).append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '"', '\\' -> out.append('\\').append(c);
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          default -> {
            if (c < 0x20 || c == 0x7f) {
              out.append("\\u%04x".formatted((int) c));
            } else {
              out.append(c);
            }
          }
        }
      }
      return out.append('"').toString();
    }
  }
}
