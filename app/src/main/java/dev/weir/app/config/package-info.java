/** From text to typed, validated configuration, with every problem at its place. */
@NullMarked
package dev.weir.app.config;

import org.jspecify.annotations.NullMarked;
