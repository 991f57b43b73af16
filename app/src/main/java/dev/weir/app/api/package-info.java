/** The HTTP interface of a running Weir. */
@NullMarked
package dev.weir.app.api;

import org.jspecify.annotations.NullMarked;
