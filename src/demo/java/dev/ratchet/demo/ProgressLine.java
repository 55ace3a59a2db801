package dev.ratchet.demo;

import java.io.PrintWriter;

/** Shows the progress and the result of a step on one line. */
final class ProgressLine {
    private static final long PRINT_INTERVAL_MS = 5_000;

    private final PrintWriter out;
    private long startedAt;
    private long printedAt;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    void begin(String what) {
        startedAt = System.currentTimeMillis();
        printedAt = startedAt;
        out.print("  " + what + " ...");
        out.flush();
    }

    /** Prints the current position, at most every five seconds. */
    void tick(String where) {
        if (System.currentTimeMillis() - printedAt >= PRINT_INTERVAL_MS) {
            printedAt = System.currentTimeMillis();
            out.print(" " + where + " ...");
            out.flush();
        }
    }

    void done(String what) {
        double seconds = (System.currentTimeMillis() - startedAt) / 1000.0;
        out.printf(" %s(%.1f s)%n", what.isEmpty() ? "" : what + " ", seconds);
        out.flush();
    }
}
