/** Checks a member by opening a connection. */
@NullMarked
package dev.weir.probe.tcp;

import org.jspecify.annotations.NullMarked;
