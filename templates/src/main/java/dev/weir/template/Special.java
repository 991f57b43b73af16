package dev.weir.template;

/**
 * A value that exists inside one language only, such as a complex number or an undefined name. The
 * other language refuses it.
 */
public non-sealed interface Special extends Value {}
