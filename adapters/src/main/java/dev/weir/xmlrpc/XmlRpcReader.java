package dev.weir.xmlrpc;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads calls and answers. Documents with a DOCTYPE are refused, so there are no entities to be
 * expanded or fetched; size, depth and number of values are bounded. Used once.
 */
public final class XmlRpcReader {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("[yyyyMMdd][yyyy-MM-dd]'T'HH:mm:ss", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final XMLStreamReader xml;
  private final XmlRpcLimits limits;
  private int values;

  private XmlRpcReader(XMLStreamReader xml, XmlRpcLimits limits) {
    this.xml = xml;
    this.limits = limits;
  }

  /**
   * Reads a call.
   *
   * @throws XmlRpcException when it is none, or too large or deep
   */
  public static MethodCall call(String document, XmlRpcLimits limits) throws XmlRpcException {
    return read(document, limits, XmlRpcReader::call);
  }

  /**
   * Reads an answer.
   *
   * @throws XmlRpcException when it is none, or too large or deep
   */
  public static MethodResponse response(String document, XmlRpcLimits limits)
      throws XmlRpcException {
    return read(document, limits, XmlRpcReader::response);
  }

  @FunctionalInterface
  private interface Part<T> {
    T read(XmlRpcReader reader) throws XMLStreamException, XmlRpcException;
  }

  private static <T> T read(String document, XmlRpcLimits limits, Part<T> part)
      throws XmlRpcException {
    if (document.length() > limits.characters()) {
      throw new XmlRpcException(
          "document: %d characters (expected: at most %d)"
              .formatted(document.length(), limits.characters()));
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(document));
      try {
        return part.read(new XmlRpcReader(xml, limits));
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new XmlRpcException("not well-formed: " + oneLine(e.getMessage()), e);
    }
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "broken" : text.replaceAll("\\s+", " ");
  }

  private MethodCall call() throws XMLStreamException, XmlRpcException {
    open("methodCall");
    open("methodName");
    String method = xml.getElementText().strip();
    List<Object> parameters = new ArrayList<>();
    if (nextIsOpen()) {
      expect("params");
      while (nextIsOpen()) {
        expect("param");
        parameters.add(onlyValue());
      }
      closed("params");
    }
    return new MethodCall(method, parameters);
  }

  private MethodResponse response() throws XMLStreamException, XmlRpcException {
    open("methodResponse");
    nextOpen();
    if (xml.getLocalName().equals("fault")) {
      Object value = onlyValue();
      if (value instanceof Map<?, ?> fault
          && fault.get("faultCode") instanceof Integer code
          && fault.get("faultString") instanceof String message) {
        return new MethodResponse.Fault(code, message);
      }
      throw new XmlRpcException("a fault (expected: its faultCode and faultString)");
    }
    expect("params");
    open("param");
    return new MethodResponse.Value(onlyValue());
  }

  /** The one value inside the element that is open. */
  private Object onlyValue() throws XMLStreamException, XmlRpcException {
    String around = xml.getLocalName();
    open("value");
    Object value = value(1);
    if (nextIsOpen()) {
      throw unexpected("the end of " + around);
    }
    return value;
  }

  /** The value whose element is open; afterwards it is closed. */
  private Object value(int depth) throws XMLStreamException, XmlRpcException {
    if (depth > limits.depth()) {
      throw new XmlRpcException("values deeper than %d (expected: less)".formatted(limits.depth()));
    }
    if (++values > limits.values()) {
      throw new XmlRpcException("more than %d values".formatted(limits.values()));
    }
    StringBuilder bare = new StringBuilder();
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      allowed(event);
      bare.append(
          event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA
              ? xml.getText()
              : "");
      event = xml.next();
    }
    if (event == XMLStreamConstants.END_ELEMENT) {
      return bare.toString();
    }
    Object value = typed(xml.getLocalName(), depth);
    if (nextIsOpen()) {
      throw unexpected("the end of a value");
    }
    return value;
  }

  private Object typed(String type, int depth) throws XMLStreamException, XmlRpcException {
    return switch (type) {
      case "array" -> array(depth);
      case "struct" -> struct(depth);
      case "nil" -> throw new XmlRpcException("nil (expected: a value)");
      default -> scalar(type, xml.getElementText());
    };
  }

  private static Object scalar(String type, String text) throws XmlRpcException {
    try {
      return switch (type) {
        case "string" -> text;
        case "int", "i4" -> Integer.parseInt(text.strip());
        case "i8" -> Long.parseLong(text.strip());
        case "double" -> Double.parseDouble(text.strip());
        case "boolean" -> flag(text.strip());
        case "dateTime.iso8601" -> Instant.from(TIME.parse(text.strip()));
        case "base64" -> new MethodCall.Bytes(text.replaceAll("\\s+", ""));
        default ->
            throw new XmlRpcException("type %s (expected: one of XML-RPC's)".formatted(type));
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new XmlRpcException("%s: not a value of this type".formatted(type), e);
    }
  }

  private static boolean flag(String text) throws XmlRpcException {
    return switch (text) {
      case "1" -> true;
      case "0" -> false;
      default -> throw new XmlRpcException("boolean (expected: 0 or 1)");
    };
  }

  private List<Object> array(int depth) throws XMLStreamException, XmlRpcException {
    open("data");
    List<Object> list = new ArrayList<>();
    while (nextIsOpen()) {
      expect("value");
      list.add(value(depth + 1));
    }
    if (nextIsOpen()) {
      throw unexpected("the end of an array");
    }
    return list;
  }

  private Map<String, Object> struct(int depth) throws XMLStreamException, XmlRpcException {
    Map<String, Object> struct = new LinkedHashMap<>();
    while (nextIsOpen()) {
      expect("member");
      open("name");
      String name = xml.getElementText();
      open("value");
      var _ = struct.put(name, value(depth + 1));
      if (nextIsOpen()) {
        throw unexpected("the end of a member");
      }
    }
    return struct;
  }

  // ---- elements

  private void open(String name) throws XMLStreamException, XmlRpcException {
    nextOpen();
    expect(name);
  }

  private void nextOpen() throws XMLStreamException, XmlRpcException {
    if (!nextIsOpen()) {
      throw unexpected("an element");
    }
  }

  /** Goes on to the next element that opens or closes; text in between has to be blank. */
  private boolean nextIsOpen() throws XMLStreamException, XmlRpcException {
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      allowed(event);
      if (event == XMLStreamConstants.CHARACTERS && !xml.isWhiteSpace()) {
        throw new XmlRpcException("text between elements");
      }
      event = xml.next();
    }
    return event == XMLStreamConstants.START_ELEMENT;
  }

  private static void allowed(int event) throws XmlRpcException {
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new XmlRpcException("a DOCTYPE or an entity (expected: none)");
    }
    if (event == XMLStreamConstants.END_DOCUMENT) {
      throw new XmlRpcException("the document ends too early");
    }
  }

  private void expect(String name) throws XmlRpcException {
    if (!xml.isStartElement() || !xml.getLocalName().equals(name)) {
      throw unexpected(name);
    }
  }

  private void closed(String name) throws XmlRpcException {
    if (!xml.isEndElement() || !xml.getLocalName().equals(name)) {
      throw unexpected("the end of " + name);
    }
  }

  private XmlRpcException unexpected(String expected) {
    return new XmlRpcException(
        "element %s (expected: %s)"
            .formatted(xml.hasName() ? xml.getLocalName() : "nothing", expected));
  }
}
