/**
 * XML-RPC as text: calls and answers read and written, hardened against hostile documents; nothing
 * of HTTP. Shared by whoever serves it and whoever asks.
 */
@NullMarked
package dev.weir.xmlrpc;

import org.jspecify.annotations.NullMarked;
