package dev.weir.model;

import java.nio.file.Path;

/** A whole text and the file that shall hold it. */
public record FileContent(Path file, String text) {}
