package dev.ratchet.schemas;

import java.util.List;

/**
 * What came of looking at the registry, or of making it right.
 *
 * @param lines at least one for each topic, in the order of the plan
 * @param complete whether nothing is left to do, or, of a dry run, would be
 */
public record SchemaReport(List<String> lines, boolean complete) {
    public SchemaReport {
        lines = List.copyOf(lines);
    }
}
