package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are read, byte for byte. */
final class HttpAnswersTest {

  private static final class OneByOne extends InputStream {
    private final InputStream from;

    OneByOne(String text) {
      from = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public int read() throws IOException {
      return from.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return from.read(to, offset, Math.min(length, 1));
    }
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  private static HttpAnswer read(String text) throws IOException {
    HttpReader reader = new HttpReader(new OneByOne(text));
    HttpHead head = HttpHead.read(reader);
    HttpBody body = new HttpBody(reader, true);
    boolean whole = body.read(head.framing("GET"));
    return new HttpAnswer(head.status(), head.reason(), body.text(), whole && head.keepsAlive());
  }

  @Test
  void reads_a_plain_answer() throws Exception {
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
        .isEqualTo(new HttpAnswer(200, "OK", "hello", true));
  }

  @Test
  void reads_chunks_with_extensions_and_trailers() throws Exception {
    assertThat(
            read(
                crlf(
                    """
                    HTTP/1.1 200 OK
                    Transfer-Encoding: Chunked

                    3;why=not
                    hel
                    2
                    lo
                    0
                    X-Sum: 1

                    """)))
        .isEqualTo(new HttpAnswer(200, "OK", "hello", true));
  }

  @Test
  void passes_over_what_merely_announces_an_answer() throws Exception {
    assertThat(
            read(
                crlf(
                    """
                    HTTP/1.1 100 Continue

                    HTTP/1.1 103 Early Hints
                    Link: a

                    HTTP/1.1 204 No Content

                    """)))
        .isEqualTo(new HttpAnswer(204, "No Content", "", true));
  }

  @Test
  void takes_a_bare_line_feed_and_a_missing_reason() throws Exception {
    assertThat(read("HTTP/1.1 200\nContent-Length: 0\n\n"))
        .isEqualTo(new HttpAnswer(200, "", "", true));
  }

  @Test
  void an_old_server_ends_its_answer_by_closing() throws Exception {
    assertThat(read("HTTP/1.0 200 OK\r\n\r\nhello"))
        .isEqualTo(new HttpAnswer(200, "OK", "hello", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: foo, Close\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
      })
  void does_not_reuse_where_the_peer_will_not_have_it(String text) throws Exception {
    assertThat(read(text).reusable()).isFalse();
  }

  @Test
  void reuses_an_old_servers_connection_only_when_it_says_so() throws Exception {
    assertThat(
            read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n")
                .reusable())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 999 What\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
        "HTTP/1.1 200 OK\r\nHalf: a he",
      })
  void refuses_nonsense_and_halves(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).message().isNotBlank();
  }

  @Test
  void stops_at_too_many_headers_and_too_much_body() throws Exception {
    String endless = "X-More: and more\r\n".repeat(10_000);
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + endless))
        .hasMessageContaining("bytes of headers");

    HttpAnswer big = read("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(70_000));
    assertThat(big.body()).hasSize(64 * 1024);
    assertThat(big.reusable()).isFalse();
  }
}
