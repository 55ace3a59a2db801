package dev.ratchet.cli;

import java.io.ByteArrayOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines as bytes. Splits at LF only, since a record may hold any other character. */
final class LineReader {
    private final InputStream in;
    private final Flushable beforeWait;
    private final byte[] buffer = new byte[1 << 16];

    /** The begin of a line that does not end within the buffer. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    private int from;
    private int to;

    LineReader(InputStream in) {
        this(in, () -> {});
    }

    /** @param beforeWait flushed before a read that may wait for more input */
    LineReader(InputStream in, Flushable beforeWait) {
        this.in = in;
        this.beforeWait = beforeWait;
    }

    /** The next line without its LF; empty at the end. Text after the last LF is a line too. */
    Optional<byte[]> next() throws IOException {
        while (fill()) {
            int start = from;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            boolean isWhole = end < to;
            from = isWhole ? end + 1 : to;
            if (isWhole && begun.size() == 0) {
                return Optional.of(Arrays.copyOfRange(buffer, start, end));
            }
            begun.write(buffer, start, end - start);
            if (isWhole) {
                return Optional.of(takeBegun());
            }
        }
        return begun.size() == 0 ? Optional.empty() : Optional.of(takeBegun());
    }

    private byte[] takeBegun() {
        byte[] line = begun.toByteArray();
        begun.reset();
        return line;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            if (in.available() == 0) {
                beforeWait.flush();
            }
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }
}
