/**
 * The language of Jinja2 3.1 on the JVM: {@link dev.weir.template.jinja.JinjaTemplate} parses and
 * renders, {@link dev.weir.template.jinja.JinjaOptions} says how.
 */
@NullMarked
package dev.weir.template.jinja;

import org.jspecify.annotations.NullMarked;
