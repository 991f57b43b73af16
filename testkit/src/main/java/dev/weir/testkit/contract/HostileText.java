package dev.weir.testkit.contract;

import dev.weir.model.Quoted;
import java.util.List;

/** Texts that try to break out of a directive, a line, a quotation or a command. */
public final class HostileText {

  /** Each tries one way out. */
  public static final List<String> SAMPLES =
      List.of(
          "a b",
          "a\nserver evil 127.0.0.1:9",
          "a\r\nserver evil 127.0.0.1:9",
          "a; shutdown sessions server web/b1",
          "a; } upstream evil { server 127.0.0.1:9; }",
          "a} server { listen 1",
          "a{b",
          "a#b",
          "a\"b",
          "a'b",
          "a\\",
          "a\\;b",
          "$host",
          "${HOME}",
          "%[env(HOME)]",
          "a/b",
          "a|b&c`d`",
          "a\tb",
          "a\u0000b",
          "\u001b[31m",
          "zone \u00e9\u4e2d\ud83d\ude00",
          "-x",
          "..",
          "{name}",
          "{label:zone}",
          "disabled",
          "x".repeat(500));

  private HostileText() {}

  /** The text as the title of a test. */
  public static String title(String text) {
    return text.length() > 60 ? Quoted.of(text.substring(0, 60)) + " ..." : Quoted.of(text);
  }
}
