/** JSON as trees of plain values, read and written without reflection. */
@NullMarked
package dev.weir.app.json;

import org.jspecify.annotations.NullMarked;
