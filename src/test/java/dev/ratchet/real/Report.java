package dev.ratchet.real;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of one run, as Markdown: printed, and kept in {@code target/real/report.md}. */
final class Report {
    private final Duration aim;
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> times = new ArrayList<>();

    /** @param aim within which 95 % of all repairs are to be done */
    Report(Duration aim) {
        this.aim = aim;
    }

    void add(String scenario, String mode, ExecutionReport account) {
        outcomes.add(row(
                scenario,
                mode,
                account.hung().size() + " of " + account.workflows(),
                account.lostUpdates().size(),
                account.repaired().size(),
                account.late().size(),
                account.twice().size(),
                account.wrong().size()));
        List<Duration> lasted = account.times();
        if (!lasted.isEmpty()) {
            long within = lasted.stream().filter(one -> one.compareTo(aim) <= 0).count();
            times.add(row(
                    scenario,
                    lasted.size(),
                    seconds(quantile(lasted, 0.5)),
                    seconds(quantile(lasted, 0.95)),
                    seconds(quantile(lasted, 1)),
                    100 * within / lasted.size() + " %"));
        }
    }

    /** The smallest that so many are not longer than. */
    private static Duration quantile(List<Duration> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(row(
                "scenario",
                "repair",
                "workflows hung",
                "lost updates",
                "repaired",
                "after the end",
                "executed twice",
                "wrong"));
        lines.add("| --- | --- | --- | --- | --- | --- | --- | --- |");
        lines.addAll(outcomes);
        lines.add("");
        lines.add(row("from lost update to repair", "repairs", "median", "95 %", "max", "within " + seconds(aim)));
        lines.add("| --- | --- | --- | --- | --- | --- |");
        lines.addAll(times);
        lines.add("");
        lines.add(machine());
        String text = String.join("\n", lines) + "\n";
        Path file = LogFolder.folder().resolve("report.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        System.out.println(text);
    }

    private static String machine() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores, %d GB, load %.1f; %s; Java %s, Conductor's Java %d",
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 30,
                system.getSystemLoadAverage(),
                system.getName() + " " + system.getArch(),
                Runtime.version().feature(),
                Prerequisites.jdk().feature());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        return row.toString();
    }
}
