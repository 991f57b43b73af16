package dev.weir.app.api;

import dev.weir.model.AccessToken.Role;
import dev.weir.spi.StoreException;
import dev.weir.xmlrpc.MethodCall;
import dev.weir.xmlrpc.MethodResponse;
import dev.weir.xmlrpc.XmlRpcException;
import dev.weir.xmlrpc.XmlRpcLimits;
import dev.weir.xmlrpc.XmlRpcReader;
import dev.weir.xmlrpc.XmlRpcWriter;
import java.util.List;
import java.util.Set;

/** The XML-RPC interface at {@code /RPC2} and {@code /}. */
final class XmlRpcRoutes {

  /** Where it is answered. Calls that only read are reads, though they are posted. */
  static final Set<String> PATHS = Set.of("/RPC2", "/");

  private final XmlRpcMethods methods;

  XmlRpcRoutes(XmlRpcMethods methods) {
    this.methods = methods;
  }

  List<Route> routes() {
    return List.of(
        new Route(Method.POST, "/RPC2", Set.of(), this::call).needing(Role.VIEWER),
        new Route(Method.POST, "/", Set.of(), this::call).needing(Role.VIEWER));
  }

  private Answer call(Request request) throws ApiProblem, StoreException, InterruptedException {
    try {
      MethodCall call = XmlRpcReader.call(request.body(), XmlRpcLimits.DEFAULT);
      return answer(methods.answer(call, request));
    } catch (XmlRpcException e) {
      throw ApiProblem.badRequest("XML-RPC: " + e.getMessage());
    }
  }

  private static Answer answer(MethodResponse response) {
    return new Answer.Text(200, "text/xml; charset=utf-8", XmlRpcWriter.write(response));
  }
}
