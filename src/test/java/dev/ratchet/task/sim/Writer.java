package dev.ratchet.task.sim;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Whoever writes a task's row in Conductor: reads it, looks whether it has anything to do, and later writes the whole of
 * its copy back, changed. Guards and changes are Conductor's own.
 */
sealed interface Writer permits WorkerWriter, SystemTaskWriter, DecideWriter, RetryWriter, RerunWriter, ChildWriter {
    String name();

    Write write();

    /** What the same writer does next, with the copy it has in hand, having written this. */
    Optional<Writer> then(WriterView written);

    /** Who acts on the same copy on a plain day, and lands first. */
    default Optional<Writer> beside(TaskKind kind) {
        return Optional.empty();
    }

    default Write.Kind kind() {
        return write().kind();
    }

    default boolean hasToDoWith(WriterView read) {
        return write().guard().test(read);
    }

    /** What it writes, having read this. */
    default Row change(WriterView read, long now, Random random) {
        return write().change().of(read, now, random);
    }

    default boolean causes(Write.Effect effect) {
        return write().effects().contains(effect);
    }

    /** Whether it comes of what a person does: one at a time. */
    default boolean isByHand() {
        return write().lock() == Write.Lock.HAND || kind() == Write.Kind.REOPENING;
    }

    static List<Writer> all() {
        return Stream.<Writer[]>of(
                        WorkerWriter.values(),
                        SystemTaskWriter.values(),
                        DecideWriter.values(),
                        RetryWriter.values(),
                        RerunWriter.values(),
                        ChildWriter.values())
                .flatMap(Stream::of)
                .toList();
    }

    static Writer named(String name) {
        return all().stream()
                .filter(writer -> writer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Expected a writer's name, but got " + name));
    }
}
