package dev.weir.app.api;

import dev.weir.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The secrets that a configuration refers to, as they are now. */
final class KnownSecrets {

  private static final Pattern WITHIN = Pattern.compile("(?:env|file|credential):[^\\s\"',}\\]]+");
  private static final Pattern WHOLE = Pattern.compile("(?:env|file|credential):.+");
  private static final long LARGEST = 64 << 10;

  private final Set<String> known = new HashSet<>();

  private KnownSecrets() {}

  /** Those that can be read; a reference to nothing tells nothing. */
  static Set<String> in(Collection<String> texts) {
    KnownSecrets secrets = new KnownSecrets();
    for (String text : texts) {
      secrets.within(text);
      try {
        secrets.value(new Load(LoadSettings.builder().build()).loadFromString(text));
      } catch (YamlEngineException e) {
        // what it refers to was found by its form
      }
    }
    return secrets.known;
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(this::value);
      case List<?> list -> list.forEach(this::value);
      case String text when WHOLE.matcher(text).matches() -> add(text);
      case null, default -> {}
    }
  }

  private void within(String text) {
    Matcher references = WITHIN.matcher(text);
    while (references.find()) {
      add(references.group());
    }
  }

  private void add(String reference) {
    try {
      Secret secret = Secret.parse(reference);
      if (isReadAtOnce(secret)) {
        String revealed = secret.reveal();
        known.add(revealed);
        revealed.lines().forEach(known::add);
      }
    } catch (IllegalArgumentException | IOException e) {
      // nobody can read it, so nothing of it is in any text
    }
  }

  /** A pipe would be waited for, and what is very large is no secret. */
  private static boolean isReadAtOnce(Secret secret) throws IOException {
    return switch (secret) {
      case Secret.InFile file ->
          Files.isRegularFile(file.path()) && Files.size(file.path()) <= LARGEST;
      case Secret.Environment ignored -> true;
      case Secret.Credential ignored -> true;
    };
  }
}
