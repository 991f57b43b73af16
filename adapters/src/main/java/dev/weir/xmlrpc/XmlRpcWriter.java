package dev.weir.xmlrpc;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes calls and answers. Used once. */
public final class XmlRpcWriter {

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  /** As the protocol has them, without a zone: UTC. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder(256).append(HEAD);

  private XmlRpcWriter() {}

  /** A call. */
  public static String write(MethodCall call) {
    XmlRpcWriter writer = new XmlRpcWriter();
    writer.out.append("<methodCall><methodName>");
    writer.text(call.method());
    writer.out.append("</methodName><params>");
    for (Object parameter : call.parameters()) {
      writer.out.append("<param>");
      writer.value(parameter);
      writer.out.append("</param>");
    }
    return writer.out.append("</params></methodCall>\n").toString();
  }

  /** An answer. */
  public static String write(MethodResponse response) {
    XmlRpcWriter writer = new XmlRpcWriter();
    writer.out.append("<methodResponse>");
    switch (response) {
      case MethodResponse.Value value -> {
        writer.out.append("<params><param>");
        writer.value(value.value());
        writer.out.append("</param></params>");
      }
      case MethodResponse.Fault fault -> {
        writer.out.append("<fault>");
        writer.value(fault.asStruct());
        writer.out.append("</fault>");
      }
    }
    return writer.out.append("</methodResponse>\n").toString();
  }

  private void value(Object value) {
    out.append("<value>");
    switch (value) {
      case String text -> element("string", text);
      case Integer number -> element("int", number.toString());
      case Long number -> element("i8", number.toString());
      case Boolean flag -> element("boolean", flag ? "1" : "0");
      case Double number -> element("double", new BigDecimal(number).toPlainString());
      case Instant time -> element("dateTime.iso8601", TIME.format(time));
      case MethodCall.Bytes bytes -> element("base64", bytes.base64());
      case List<?> list -> array(list);
      case Map<?, ?> map -> struct(map);
      default ->
          throw new IllegalArgumentException(
              "value: %s (expected: a type of XML-RPC)".formatted(value.getClass()));
    }
    out.append("</value>");
  }

  private void array(List<?> list) {
    out.append("<array><data>");
    list.forEach(this::value);
    out.append("</data></array>");
  }

  private void struct(Map<?, ?> map) {
    out.append("<struct>");
    map.forEach((name, value) -> {
      out.append("<member><name>");
      text(String.valueOf(name));
      out.append("</name>");
      value(value);
      out.append("</member>");
    });
    out.append("</struct>");
  }

  private void element(String name, String content) {
    out.append('<').append(name).append('>');
    text(content);
    out.append("</").append(name).append('>');
  }

  /** What XML cannot hold becomes a question mark. */
  private void text(String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\r' -> out.append("&#13;");
            default -> out.appendCodePoint(allowed(c) ? c : '?');
          }
        });
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}
