/** Folds source reports into the catalog and applies the guards; pure. */
@NullMarked
package dev.weir.engine.catalog;

import org.jspecify.annotations.NullMarked;
