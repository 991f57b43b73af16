/** From the text of a Jinja2 template to its tree; for {@code dev.weir.template.jinja} alone. */
@NullMarked
package dev.weir.template.jinja.syntax;

import org.jspecify.annotations.NullMarked;
