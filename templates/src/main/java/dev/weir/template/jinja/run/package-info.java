/** Runs the tree of a Jinja2 template; for {@code dev.weir.template.jinja} alone. */
@NullMarked
package dev.weir.template.jinja.run;

import org.jspecify.annotations.NullMarked;
