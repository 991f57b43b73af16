/**
 * The demonstration: real proxies, real backends, Weir between them, and a story that is checked.
 */
@NullMarked
package dev.weir.app.demo;

import org.jspecify.annotations.NullMarked;
