package dev.weir.app.json;

import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON as trees. Jackson's streaming core alone: its data binding would cost the
 * command line a third of the time that a command may take.
 */
public final class Json {

  private static final int DEEPEST = 50;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** A time as people and programs read it: RFC 3339, UTC, milliseconds. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** A tree as JSON on one line. */
  public static String write(JsonObject object) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(json, object);
    }
    return out.toString();
  }

  /**
   * Reads one object and nothing else.
   *
   * @throws JsonException for anything else
   */
  public static JsonObject readObject(String text) throws JsonException {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonException("not a JSON object (expected: {...})");
      }
      JsonObject object = object(json);
      if (json.nextToken() != null) {
        throw new JsonException("more than one JSON object (expected: one)");
      }
      return object;
    } catch (JacksonException e) {
      throw new JsonException("not JSON: " + e.getOriginalMessage() + place(e));
    }
  }

  /** Where the text stops to be JSON; empty where the parser does not say. */
  private static String place(JacksonException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> ", line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
        .orElse("");
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case JsonObject object -> {
        json.writeStartObject();
        for (Map.Entry<String, Object> field : object.fields().entrySet()) {
          json.writeName(field.getKey());
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case JsonObject.Nothing ignored -> json.writeNull();
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.doubleValue());
      default -> json.writeString(value.toString());
    }
  }

  private static JsonObject object(JsonParser json) throws JsonException {
    JsonObject object = new JsonObject();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken token = json.nextToken();
      if (token != JsonToken.VALUE_NULL) {
        object.put(key, value(json, token));
      }
    }
    return object;
  }

  private static List<Object> list(JsonParser json) throws JsonException {
    List<Object> list = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      list.add(value(json, token));
    }
    return list;
  }

  private static Object value(JsonParser json, JsonToken token) throws JsonException {
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> list(json);
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> whole(json);
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> throw new JsonException("null in a list (expected: a value)");
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonException(token + " (expected: a value)");
    };
  }

  private static Object whole(JsonParser json) {
    BigInteger number = json.getBigIntegerValue();
    return number.bitLength() < Long.SIZE ? number.longValue() : (Object) number;
  }
}
