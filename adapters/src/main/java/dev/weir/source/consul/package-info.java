/** The instances of a service that Consul knows. */
@NullMarked
package dev.weir.source.consul;

import org.jspecify.annotations.NullMarked;
