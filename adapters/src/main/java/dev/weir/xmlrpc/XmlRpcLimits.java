package dev.weir.xmlrpc;

/**
 * How much of a document is read.
 *
 * @param characters of the whole document
 * @param depth of values inside each other
 * @param values in the whole document
 */
public record XmlRpcLimits(int characters, int depth, int values) {

  /** A megabyte, 20 deep, 50,000 values. */
  public static final XmlRpcLimits DEFAULT = new XmlRpcLimits(1 << 20, 20, 50_000);
}
