package dev.weir.xmlrpc;

/** A document that is no XML-RPC, or more than is read. */
public final class XmlRpcException extends Exception {

  private static final long serialVersionUID = 1L;

  /** One line for people: what was found and what was expected. */
  public XmlRpcException(String message) {
    super(message);
  }

  /** With what the XML reader said. */
  public XmlRpcException(String message, Throwable cause) {
    super(message, cause);
  }
}
