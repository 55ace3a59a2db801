package dev.ratchet.query;

import dev.ratchet.http.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list of records. */
@Meaning("A page of a list.")
record RecordsPage(
        @Meaning("The records, newest first.") List<RecordView> records,

        @Meaning("The 'cursor' of the next page; null on the last page. A page may be short, or empty, although others"
                + " follow.")
        @Nullable
        String next) {}
