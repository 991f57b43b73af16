package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of texts: each line here has the secret {@code s3cr}. */
class RedactionTest {

  private final Redaction redaction = new Redaction(List.of("known-one", "abc"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: s3cr",
        "db_password=s3cr&user=x",
        "{\"api_key\": \"s3cr s3cr\"}",
        "X-Api-Token: s3cr",
        "Authorization: Basic s3cr",
        "Authorization: s3cr of two words s3cr",
        "GET /x with Bearer s3cr.s3cr-s3cr",
        "https://user:s3cr@consul.internal:8501/v1",
        "redis://:s3cr@cache:6379",
        "stats auth admin:s3cr",
        "user admin insecure-password s3cr",
        "proxy_set_header X-Anything \"s3cr s3cr\";",
        "http-request set-header X-Anything s3cr if TRUE",
        "dynamic-cookie-key s3cr",
        "curl --password s3cr --silent",
        "https://hooks.slack.com/services/T0/B0/s3cr",
        "-----BEGIN EC PRIVATE KEY-----\ns3cr\ns3cr\n-----END EC PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\ns3cr",
        "aws_secret_access_key = s3cr",
        "Set-Cookie: session=s3cr; path=/"
      })
  void secrets_go(String line) {
    assertThat(redaction.line(line)).contains(Redaction.HIDDEN).doesNotContain("s3cr");
  }

  @Test
  void known_ones_go_wherever_they_stand_and_short_ones_are_no_secrets() {
    assertThat(redaction.text("xknown-oney abc")).isEqualTo("x***y abc");
  }

  @Test
  void tokens_and_keys_go_by_their_form() {
    String token = "weir_" + "aB3_-".repeat(9).substring(0, 43);
    assertThat(redaction.text("as " + token + ".")).isEqualTo("as weir_***.");
    assertThat(redaction.text("AKIAIOSFODNN7EXAMPLE")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: env:DB_PASSWORD",
        "token: credential:consul",
        "weir_change_served_seconds_bucket{le=\"0.005\",proxy=\"edge\"} 17",
        "web1 at 10.0.0.1:80 is down: connection refused",
        "backend be_api\n    server web1 10.0.0.1:80 weight 1 check",
        "the file /etc/weir/weir.yaml",
        "https://consul.internal:8501/v1/health?index=7"
      })
  void everything_else_stays(String text) {
    assertThat(redaction.line(text)).isEqualTo(text);
  }
}
