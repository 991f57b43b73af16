package dev.weir.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and written, and what is refused. */
class XmlRpcTest {

  private static final XmlRpcLimits SMALL = new XmlRpcLimits(20_000, 5, 100);

  private static MethodCall read(String value) throws XmlRpcException {
    return XmlRpcReader.call(
        "<?xml version='1.0'?><methodCall><methodName>m</methodName><params><param>"
            + value
            + "</param></params></methodCall>",
        SMALL);
  }

  @Test
  void every_type_comes_back_as_it_was_written() throws XmlRpcException {
    MethodCall call =
        new MethodCall(
            "weir.all",
            List.of(
                "text <&>\r\n\u00e4\ud83d\ude00",
                -7,
                1L << 40,
                true,
                0.25,
                Instant.parse("2030-01-31T12:00:01Z"),
                new MethodCall.Bytes("AAEC"),
                List.of("a", List.of(1)),
                Map.of("key", Map.of("inner", "v"))));
    assertThat(XmlRpcReader.call(XmlRpcWriter.write(call), XmlRpcLimits.DEFAULT)).isEqualTo(call);
    for (MethodResponse response :
        List.of(
            new MethodResponse.Value(List.of("x")), new MethodResponse.Fault(1, "404: nobody"))) {
      assertThat(XmlRpcReader.response(XmlRpcWriter.write(response), SMALL)).isEqualTo(response);
    }
  }

  @Test
  void a_value_without_a_type_is_a_string_and_parameters_may_be_missing() throws XmlRpcException {
    assertThat(read("<value>bare &amp; simple</value>").parameters())
        .containsExactly("bare & simple");
    assertThat(
            XmlRpcReader.call(
                    "<methodCall><methodName>m</methodName></methodCall>", XmlRpcLimits.DEFAULT)
                .parameters())
        .isEmpty();
  }

  @Test
  void what_xml_cannot_hold_is_not_written() throws XmlRpcException {
    String written = XmlRpcWriter.write(new MethodResponse.Value("a\u0000b\u001bc\ud800"));
    assertThat(XmlRpcReader.response(written, SMALL)).isEqualTo(new MethodResponse.Value("a?b?c?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><methodCall><methodName>&x;</methodName></methodCall>",
        "<!DOCTYPE m [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><methodCall><methodName>m</methodName></methodCall>",
        "<!DOCTYPE m SYSTEM 'http://127.0.0.1:1/x.dtd'><methodCall><methodName>m</methodName></methodCall>",
        "<methodCall><methodName>m</methodName><params><param><value>&undefined;</value></param></params></methodCall>",
        "<methodCall><methodName>m</methodName>",
        "<methodResponse/>",
        "no xml",
        ""
      })
  void hostile_and_broken_documents_are_refused(String document) {
    assertThatThrownBy(() -> XmlRpcReader.call(document, SMALL))
        .isInstanceOf(XmlRpcException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<value><int>one</int></value>",
        "<value><int>99999999999</int></value>",
        "<value><boolean>yes</boolean></value>",
        "<value><dateTime.iso8601>now</dateTime.iso8601></value>",
        "<value><nil/></value>",
        "<value><thing>1</thing></value>",
        "<value><int>1</int><int>2</int></value>",
        "<value><array><value>1</value></array></value>",
        "<value>1</value><value>2</value>",
        "<other/>"
      })
  void wrong_values_are_refused(String value) {
    assertThatThrownBy(() -> read(value)).isInstanceOf(XmlRpcException.class);
  }

  @Test
  void size_depth_and_number_are_bounded() {
    String deep = "<value><array><data>".repeat(6) + "</data></array></value>".repeat(6);
    assertThatThrownBy(() -> read(deep)).hasMessageContaining("deeper than 5");
    String many =
        "<value><array><data>" + "<value>x</value>".repeat(200) + "</data></array></value>";
    assertThatThrownBy(() -> read(many)).hasMessageContaining("more than 100 values");
    String large = "<value>" + "x".repeat(20_000) + "</value>";
    assertThatThrownBy(() -> read(large)).hasMessageContaining("at most 20000");
  }
}
