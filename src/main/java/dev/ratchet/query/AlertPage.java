package dev.ratchet.query;

import dev.ratchet.http.Meaning;
import dev.ratchet.v1.AlertKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part of the list of open alerts. */
@Meaning("A page of the list of open alerts.")
record AlertPage(
        @Meaning("The alerts, oldest first.") List<AlertView> alerts,

        @Meaning("Number of alerts that match, on all pages, by kind; kinds without any are left out.")
        Map<AlertKind, Integer> counts,

        @Meaning("The 'cursor' of the next page; null on the last page.") @Nullable
        String next,

        @Meaning("The partitions whose alerts are in the list.")
        List<Integer> partitions,

        @Meaning("The partitions whose alerts are not in the list; empty if it is complete.")
        List<Missing> missing) {

    /** No part is null: the page may come from another program. */
    AlertPage {
        alerts = List.copyOf(alerts);
        counts.values().forEach(Objects::requireNonNull);
        partitions = List.copyOf(partitions);
        missing = List.copyOf(missing);
    }

    @Meaning("Partitions whose alerts are not in the list.")
    record Missing(
            @Meaning("The partitions.") List<Integer> partitions,

            @Meaning("Why, with the instance that has them if it is known.")
            String reason) {
        Missing {
            partitions = List.copyOf(partitions);
            Objects.requireNonNull(reason);
        }
    }
}
