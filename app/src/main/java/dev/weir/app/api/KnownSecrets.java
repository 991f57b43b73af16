package dev.weir.app.api;

import dev.weir.secret.Secret;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secrets that a configuration refers to, as they are now. */
final class KnownSecrets {

  private static final Pattern REFERENCE =
      Pattern.compile("(?:env|file|credential):[^\\s\"',}\\]]+");

  private KnownSecrets() {}

  /** Those that can be read; a reference to nothing tells nothing. */
  static Set<String> in(Collection<String> texts) {
    Set<String> known = new HashSet<>();
    for (String text : texts) {
      Matcher references = REFERENCE.matcher(text);
      while (references.find()) {
        add(references.group(), known);
      }
    }
    return known;
  }

  private static void add(String reference, Set<String> known) {
    try {
      String secret = Secret.parse(reference).reveal();
      known.add(secret);
      secret.lines().forEach(known::add);
    } catch (IllegalArgumentException | IOException e) {
      // nobody can read it, so nothing of it is in any text
    }
  }
}
