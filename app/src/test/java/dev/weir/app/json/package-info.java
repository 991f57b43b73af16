/** Tests of the JSON trees. */
@NullMarked
package dev.weir.app.json;

import org.jspecify.annotations.NullMarked;
