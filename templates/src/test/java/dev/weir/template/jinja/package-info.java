/** Tests of the Jinja2 language, against the rules and against the real engine. */
@NullMarked
package dev.weir.template.jinja;

import org.jspecify.annotations.NullMarked;
