package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The XML-RPC interface, driven by Python's own client. */
@RequiresServer(Server.PYTHON)
class XmlRpcTest {

  private static final PoolId WEB = new PoolId("web");

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private Served api;

  @BeforeEach
  void serve() throws SetupException {
    api = new Served(weir, folder, Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Calls, each as JSON, and what became of them, a line each. */
  private List<String> call(String address, String... calls) throws Exception {
    Path script = folder.resolve("client.py");
    try (InputStream in = XmlRpcTest.class.getResourceAsStream("/xmlrpc_client.py")) {
      Files.write(script, in == null ? new byte[0] : in.readAllBytes());
    }
    Path input = Files.writeString(folder.resolve("calls"), String.join("\n", calls) + "\n");
    Process python =
        new ProcessBuilder(Server.PYTHON.path().toString(), script.toString(), address)
            .redirectInput(input.toFile())
            .redirectError(folder.resolve("error").toFile())
            .start();
    String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(Files.readString(folder.resolve("error"))).isZero();
    return out.lines().toList();
  }

  @Test
  void reads_and_decides() throws Exception {
    assertThat(
            call(
                api.unix.toString(),
                "[\"get_pools\"]",
                "[\"get_members\", \"web\"]",
                "[\"disable_member\", \"web\", \"10.0.0.1:80\"]",
                "[\"disable_member\", \"web\", \"10.0.0.1:80\"]",
                "[\"get_members\", \"web\"]",
                "[\"enable_member\", \"web\", \"10.0.0.1:80\"]",
                "[\"add_member\", \"web\", \"10.0.0.1:80\"]",
                "[\"remove_member\", \"web\", \"10.0.0.3:80\"]",
                "[\"add_member\", \"web\", \"10.0.0.9:80\"]",
                "[\"get_members\", \"web\"]"))
        .containsExactly(
            "{\"value\": [\"web\"]}",
            "{\"value\": [\"10.0.0.1:80\", \"10.0.0.2:80\"]}",
            "{\"value\": true}",
            "{\"value\": true}",
            "{\"value\": [\"10.0.0.2:80\"]}",
            "{\"value\": true}",
            "{\"value\": true}",
            "{\"value\": true}",
            "{\"value\": true}",
            "{\"value\": [\"10.0.0.1:80\", \"10.0.0.2:80\"]}");
    assertThat(weir.overrides("web"))
        .extracting(OverrideJson::action)
        .containsExactlyInAnyOrder("remove", "add");
    assertThat(weir.overrides("web").getFirst().attribution().by())
        .isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void every_fault_says_why() throws Exception {
    List<String> answers =
        call(
            api.unix.toString(),
            "[\"get_members\", \"nobody\"]",
            "[\"disable_member\", \"web\", \"10.0.0.7:80\"]",
            "[\"add_member\", \"web\", \"no address\"]",
            "[\"disable_member\", \"web\", \"10.0.0.1:80\"]",
            "[\"disable_member\", \"web\", \"10.0.0.2:80\"]",
            "[\"no_method\"]",
            "[\"get_members\"]",
            "[\"get_members\", 7]");
    assertThat(answers.get(0)).contains("[1, \"404: no pool is called nobody\"]");
    assertThat(answers.get(1)).contains("[1, \"404: pool web has no member 10.0.0.7:80\"]");
    assertThat(answers.get(2)).contains("[1, \"400: ");
    assertThat(answers.get(3)).isEqualTo("{\"value\": true}");
    assertThat(answers.get(4)).contains("[1, \"409: this takes web2 out of web");
    assertThat(answers.get(5)).contains("is not supported");
    assertThat(answers.get(6)).contains("0 parameters (expected: 1)");
    assertThat(answers.get(7)).contains("400: parameter 0 (expected: a string)");
  }

  @Test
  void introspection_states_and_several_calls_at_once() throws Exception {
    List<String> answers =
        call(
            api.unix.toString(),
            "[\"system.listMethods\"]",
            "[\"system.methodHelp\", \"get_pools\"]",
            "[\"system.methodSignature\", \"disable_member\"]",
            "[\"get_member_states\", \"web\"]",
            "[\"multicall\", [\"get_pools\"], [\"get_members\", \"web\"]]");
    assertThat(answers.get(0))
        .contains("get_pools", "get_members", "disable_member", "enable_member", "add_member")
        .contains("remove_member", "get_member_states", "system.multicall");
    assertThat(answers.get(1)).isEqualTo("{\"value\": \"The names of all pools.\"}");
    assertThat(answers.get(2)).isEqualTo("{\"value\": [[\"boolean\", \"string\", \"string\"]]}");
    assertThat(answers.get(3))
        .contains("\"member\": \"10.0.0.1:80\", \"state\": \"enabled\", \"weight\": 1")
        .contains("\"member\": \"10.0.0.3:80\", \"state\": \"unhealthy\"");
    assertThat(answers.get(4))
        .isEqualTo("{\"value\": [[\"web\"], [\"10.0.0.1:80\", \"10.0.0.2:80\"]]}");
  }

  @Test
  void loopback_reads_and_does_not_decide() throws Exception {
    List<String> answers =
        call(
            "http://" + api.loopback + "/",
            "[\"get_pools\"]",
            "[\"disable_member\", \"web\", \"10.0.0.1:80\"]");
    assertThat(answers.get(0)).isEqualTo("{\"value\": [\"web\"]}");
    assertThat(answers.get(1)).contains("403: this listener only reads");
    assertThat(weir.overrides("web")).isEmpty();
  }

  @Test
  void ten_thousand_members_are_one_answer() throws Exception {
    List<CatalogMember> members = new ArrayList<>();
    Map<MemberId, Health> health = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      String address = "10.1.%d.%d:80".formatted(i / 250, i % 250);
      CatalogMember member = Samples.member(WEB, "m" + i, address);
      members.add(member);
      health.put(member.id(), new Health.Up(Instant.EPOCH));
    }
    weir.pool(new CatalogPool(Samples.definition(WEB), members), health);
    String answer = call(api.unix.toString(), "[\"get_members\", \"web\"]").getFirst();
    assertThat(answer.split(",")).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY a SYSTEM"
            + " 'file:///etc/passwd'>]><methodCall><methodName>&a;</methodName></methodCall>",
        "<methodCall>",
        "{}"
      })
  void hostile_documents_are_refused(String document) throws IOException {
    String[] xml = {"Content-Length: " + document.length(), "Content-Type: text/xml"};
    try (RawHttp http = new RawHttp(api.unix)) {
      http.write(
          "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n%s"
              .formatted(String.join("\r\n", xml), document));
      RawHttp.Reply reply = http.reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("XML-RPC").doesNotContain("root:");
    }
  }
}
