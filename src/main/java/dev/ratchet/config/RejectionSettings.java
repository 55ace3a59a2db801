package dev.ratchet.config;

/**
 * Which rejections are published.
 *
 * @param duplicates whether exact duplicates are; they are counted either way
 */
public record RejectionSettings(
        @Setting(name = "ratchet.rejections.duplicates", defaultValue = "false", check = TextCheck.TRUE_OR_FALSE)
        boolean duplicates) {}
