/** The rules of the build that javac and Maven do not know, and the proof that every rule bites. */
@NullMarked
package dev.weir.app.gates;

import org.jspecify.annotations.NullMarked;
