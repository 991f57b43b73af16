/**
 * Members from the Auto Scaling groups of AWS: how they are configured, asked for within a budget,
 * understood, and let go; the client is a plug-in.
 */
@NullMarked
package dev.weir.source.aws;

import org.jspecify.annotations.NullMarked;
