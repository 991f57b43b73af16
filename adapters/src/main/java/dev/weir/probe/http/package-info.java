/** Checks a member by an HTTP request. */
@NullMarked
package dev.weir.probe.http;

import org.jspecify.annotations.NullMarked;
