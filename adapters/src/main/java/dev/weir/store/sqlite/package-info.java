/** Overrides and history kept in an SQLite file. */
@NullMarked
package dev.weir.store.sqlite;

import org.jspecify.annotations.NullMarked;
