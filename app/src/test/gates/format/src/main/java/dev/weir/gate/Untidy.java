package dev.weir.gate;
/** Compiles, and is not formatted. */
public final class Untidy
{
    private Untidy() { }
}
