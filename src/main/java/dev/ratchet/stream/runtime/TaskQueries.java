package dev.ratchet.stream.runtime;

import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the state of tasks. Safe for any thread; blocks for a read of RocksDB only. */
public interface TaskQueries {
    /** Where the state of a task can be read, and the state if that is here. */
    sealed interface Answer<T> {
        <R> R fold(Function<T, R> here, Function<String, R> elsewhere, Function<String, R> unreadable);
    }

    /** It is here. */
    record Here<T>(T value) implements Answer<T> {
        @Override
        public <R> R fold(Function<T, R> here, Function<String, R> elsewhere, Function<String, R> unreadable) {
            return here.apply(value);
        }
    }

    /**
     * Another instance has it.
     *
     * @param owner the address it advertises, HOST:PORT
     */
    record Elsewhere<T>(String owner) implements Answer<T> {
        @Override
        public <R> R fold(Function<T, R> here, Function<String, R> elsewhere, Function<String, R> unreadable) {
            return elsewhere.apply(owner);
        }
    }

    /**
     * It cannot be read now; some seconds later it can.
     *
     * @param reason in words
     */
    record Unreadable<T>(String reason) implements Answer<T> {
        @Override
        public <R> R fold(Function<T, R> here, Function<String, R> elsewhere, Function<String, R> unreadable) {
            return unreadable.apply(reason);
        }
    }

    /** {@return the state of a task, from the last commit; empty if there is no such task} */
    Answer<Optional<TrackedTask>> find(String taskId);

    /** {@return the number of partitions of all instances together} */
    int partitions();

    /** {@return the other instances, by the address they advertise, HOST:PORT, with their partitions} */
    Map<String, Set<Integer>> others();

    /**
     * Visits the open alerts of a partition, as of the last commit, by kind, then by task id.
     *
     * @param kind only those; empty for all
     * @param visitor returns false to stop
     * @return whether the partition can be read here
     */
    boolean visitOpenAlerts(int partition, Optional<AlertKind> kind, Predicate<OpenAlert> visitor);
}
