/**
 * The whole engine on one thread and manual time, in a world made of dice: sources, checks,
 * commands, proxies and the disk do what they like, and certain things must hold all the same.
 */
@NullMarked
package dev.weir.engine.simulation;

import org.jspecify.annotations.NullMarked;
