/** Tests of the HTTP interface. */
@NullMarked
package dev.weir.app.api;

import org.jspecify.annotations.NullMarked;
