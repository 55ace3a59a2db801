package dev.ratchet.trace;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of W3C Trace Context and Baggage, which pass from a record to what is published from it. Other headers do
 * not pass: they describe the record that they came with, such as its format, its connector or its dead letter.
 *
 * <p>W3C defines the maximum lengths. A longer header is dropped.
 */
public final class TraceHeaders {
    /** For what no record causes. Read only. */
    public static final Headers NONE = readOnly(new RecordHeaders());

    private static final int PARENT_BYTES = 55;
    private static final int STATE_BYTES = 512;
    private static final int BAGGAGE_BYTES = 8_192;

    private TraceHeaders() {}

    /** {@return those of a record: the last of each name, and no tracestate without its traceparent} */
    public static Headers of(Headers headers) {
        if (headers.toArray().length == 0) { // which allocates nothing, unlike an iterator
            return NONE;
        }
        RecordHeaders found = new RecordHeaders();
        if (add(found, headers.lastHeader("traceparent"), PARENT_BYTES)) {
            add(found, headers.lastHeader("tracestate"), STATE_BYTES);
        }
        add(found, headers.lastHeader("baggage"), BAGGAGE_BYTES);
        return readOnly(found);
    }

    private static boolean add(RecordHeaders found, @Nullable Header header, int maxBytes) {
        if (header == null || header.value() == null || header.value().length > maxBytes) {
            return false;
        }
        found.add(header);
        return true;
    }

    private static Headers readOnly(RecordHeaders headers) {
        headers.setReadOnly();
        return headers;
    }
}
