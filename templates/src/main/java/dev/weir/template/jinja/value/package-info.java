/** Values as Python knows them, over the shared ones; for {@code dev.weir.template.jinja} alone. */
@NullMarked
package dev.weir.template.jinja.value;

import org.jspecify.annotations.NullMarked;
