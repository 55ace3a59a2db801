package dev.ratchet.schemas;

import java.util.List;

/**
 * Result of a check or a registration.
 *
 * @param lines at least one for each topic, in the order of the plan
 * @param complete whether nothing is left to do, or after a dry run, would be
 */
public record SchemaReport(List<String> lines, boolean complete) {
    public SchemaReport {
        lines = List.copyOf(lines);
    }
}
