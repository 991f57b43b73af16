package dev.weir.testkit.fake;

import dev.weir.testkit.fake.FakeAws.Instance;
import dev.weir.testkit.fake.FakeHttp.Answer;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers of the query protocol of AWS, as XML. */
final class AwsXml {

  private AwsXml() {}

  static String xml(Instance instance) {
    String tags =
        instance.tags().entrySet().stream()
            .map(tag ->
                "<item>"
                    + element("key", tag.getKey())
                    + element("value", tag.getValue())
                    + "</item>")
            .collect(Collectors.joining());
    return "<item>"
        + element("instanceId", instance.id())
        + element("instanceType", "m7g.large")
        + element("privateIpAddress", instance.address())
        + element("ipAddress", instance.address().replaceFirst("^10\\.", "203."))
        + element("ipv6Address", "2001:db8::" + instance.address().replaceAll(".*\\.", ""))
        + "<tagSet>%s</tagSet></item>".formatted(tags);
  }

  static Answer done(String action, String result) {
    return Answer.ok(
        ("<%1$sResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                + "<%1$sResult>%2$s</%1$sResult>"
                + "<ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></%1$sResponse>")
            .formatted(action, result));
  }

  static Answer error(int status, String code, String message) {
    return new Answer(
        status,
        Map.of(),
        "<ErrorResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><Error>"
            + "<Type>Sender</Type>"
            + element("Code", code)
            + element("Message", message)
            + "</Error><RequestId>fake</RequestId></ErrorResponse>");
  }

  static Answer ec2Error(int status, String code, String message) {
    return new Answer(
        status,
        Map.of(),
        "<Response><Errors><Error>"
            + element("Code", code)
            + element("Message", message)
            + "</Error></Errors><RequestID>fake</RequestID></Response>");
  }

  static String element(String name, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<%1$s>%2$s</%1$s>".formatted(name, safe);
  }
}
