package dev.ratchet.query;

import dev.ratchet.stream.runtime.TaskQueries;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.v1.AlertKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The oldest alerts that match. Reads all of them and keeps one page, so memory is bounded whatever their number. */
final class AlertSelection {
    /** Shorter than another instance waits. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    /**
     * Which alerts.
     *
     * @param openedBefore only alerts that are not younger
     * @param after only alerts after this one, in {@link AlertView#ORDER}
     * @param limit maximum number of alerts
     */
    record Query(
            Optional<AlertKind> kind,
            Optional<String> taskType,
            Optional<String> workflowId,
            Instant openedBefore,
            Optional<AlertView> after,
            int limit) {}

    private final Query query;
    private final Map<AlertKind, Integer> counts = new EnumMap<>(AlertKind.class);

    /** One more than the limit: then there is a next page. */
    private final TreeSet<AlertView> oldest = new TreeSet<>(AlertView.ORDER);

    private final List<Integer> partitions = new ArrayList<>();
    private final List<AlertPage.Missing> missing = new ArrayList<>();

    AlertSelection(Query query) {
        this.query = query;
    }

    /** {@return the alerts of the partitions that can be read here} Those of others are not missing. */
    static AlertPage here(TaskQueries stream, Query query) {
        AlertSelection selection = new AlertSelection(query);
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        for (int partition = 0; partition < stream.partitions(); partition++) {
            boolean isRead = stream.visitOpenAlerts(partition, query.kind(), alert -> {
                selection.add(alert);
                return System.nanoTime() - deadline < 0;
            });
            boolean isLate = System.nanoTime() - deadline >= 0;
            if (isRead && isLate) {
                selection.addMissing(
                        List.of(partition),
                        "there are more open alerts than can be read within " + DEADLINE.toSeconds() + " s");
            } else if (isRead) {
                selection.partitions.add(partition);
            }
        }
        return selection.page();
    }

    private void add(OpenAlert alert) {
        if (query.taskType().map(alert.taskType()::equals).orElse(true)
                && query.workflowId().map(alert.workflowId()::equals).orElse(true)
                && alert.openedAt() <= query.openedBefore().toEpochMilli()) {
            counts.merge(alert.kind(), 1, Integer::sum);
            keep(AlertView.of(alert));
        }
    }

    private void keep(AlertView alert) {
        if (query.after().map(last -> AlertView.ORDER.compare(alert, last) > 0).orElse(true)) {
            oldest.add(alert);
            if (oldest.size() > query.limit() + 1) {
                oldest.pollLast();
            }
        }
    }

    /** Adds the page of another instance. */
    void add(AlertPage page) {
        page.counts().forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
        page.alerts().forEach(this::keep);
        partitions.addAll(page.partitions());
        missing.addAll(page.missing());
    }

    void addMissing(List<Integer> those, String reason) {
        missing.add(new AlertPage.Missing(those, reason));
    }

    /** @param isMore whether the pages that were added have next ones */
    private AlertPage page(boolean isMore) {
        List<AlertView> alerts = oldest.stream().limit(query.limit()).toList();
        boolean hasNext = !alerts.isEmpty() && (isMore || oldest.size() > query.limit());
        return new AlertPage(
                alerts,
                counts,
                hasNext ? AlertCursor.write(alerts.get(alerts.size() - 1)) : null,
                partitions.stream().sorted().toList(),
                missing);
    }

    private AlertPage page() {
        return page(false);
    }

    /** Joins the pages of several instances. */
    static AlertPage join(Query query, List<AlertPage> pages, List<AlertPage.Missing> unanswered, int partitions) {
        AlertSelection selection = new AlertSelection(query);
        pages.forEach(selection::add);
        List<Integer> open = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            open.add(partition);
        }
        open.removeAll(selection.partitions);
        selection.missing.forEach(known -> open.removeAll(known.partitions()));
        for (AlertPage.Missing one : unanswered) {
            List<Integer> of = one.partitions().stream().filter(open::contains).toList();
            if (!of.isEmpty()) {
                selection.addMissing(of, one.reason());
                open.removeAll(of);
            }
        }
        if (!open.isEmpty()) {
            selection.addMissing(open, "no instance can read them now: they are being assigned or restored");
        }
        return selection.page(pages.stream().anyMatch(page -> page.next() != null));
    }
}
