package dev.weir.app.cli;

import dev.weir.app.api.ApiServer;
import dev.weir.app.api.Limits;
import dev.weir.app.api.Meters;
import dev.weir.app.api.Offer;
import dev.weir.app.api.Routes;
import dev.weir.app.api.SampleWeir;
import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Endpoint;
import dev.weir.spi.SetupException;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process against an API that is served for a test. */
final class Cockpit implements AutoCloseable {

  private final Path folder;
  private final String address;
  private final ApiServer server;

  Cockpit(SampleWeir weir, Path folder) throws SetupException {
    this.folder = folder;
    Endpoint.UnixSocket socket = new Endpoint.UnixSocket(folder.resolve("api.sock").toString());
    this.address = socket.toString();
    this.server =
        ApiServer.open(
            List.of(Offer.plain(socket)), new Routes(weir, weir, new Meters()), Limits.DEFAULT);
  }

  /** What a command printed, and how it ended. */
  record Ended(int code, String out, String err) {

    JsonObject json() {
      try {
        return Json.readObject(out);
      } catch (JsonException e) {
        throw new AssertionError(out, e);
      }
    }
  }

  /** Executes a command line against the API. */
  Ended weir(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--server");
    all.add(address);
    return execute(folder, Terminal.NONE, Map.of(), all.toArray(String[]::new));
  }

  /** Where the API is. */
  String address() {
    return address;
  }

  /** Executes a command line in a folder and environment. */
  static Ended execute(
      Path folder, Terminal terminal, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell = new Shell(environment, folder, terminal, buffered(out), buffered(err));
    int code = Cli.client(arguments[0], shell).execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  /** As a process has them: what nobody flushes is lost. */
  private static PrintWriter buffered(Writer writer) {
    return new PrintWriter(new BufferedWriter(writer));
  }

  @Override
  public void close() {
    server.close();
  }
}
