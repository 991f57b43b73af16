package dev.weir.app.survey;

import dev.weir.spi.Finding;

/**
 * Something that a check has to say of one part.
 *
 * @param part {@code source web/docker}, {@code proxy edge}, ...
 */
public record Remark(String part, Finding finding) {}
