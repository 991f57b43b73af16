package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The description of the interface, written by hand in YAML and served as JSON. It is read when it
 * is first asked for. Safe for any thread.
 */
final class OpenApi {

  private static final String RESOURCE = "openapi.yaml";

  private final AtomicReference<Optional<String>> document =
      new AtomicReference<>(Optional.empty());

  List<Route> routes() {
    return List.of(Route.get("/openapi.json", Set.of(), request -> answer()));
  }

  private Answer answer() {
    String text = document.get().orElseGet(OpenApi::read);
    document.set(Optional.of(text));
    return new Answer.Text(200, "application/json", text);
  }

  /** The document as JSON. */
  static String read() {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + RESOURCE);
      }
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return Json.write(object((Map<?, ?>) tree)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("the program's resource " + RESOURCE, e);
    }
  }

  private static JsonObject object(Map<?, ?> map) {
    JsonObject object = new JsonObject();
    map.forEach((key, value) -> object.with(String.valueOf(key), plain(value)));
    return object;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> map -> object(map);
      case List<?> list -> list.stream().map(OpenApi::plain).toList();
      default -> value;
    };
  }
}
