package dev.ratchet.status;

import dev.ratchet.http.Meaning;
import dev.ratchet.stream.runtime.StandbyProgress;
import dev.ratchet.stream.runtime.StoreRestoration;
import dev.ratchet.stream.runtime.StreamStatus;
import dev.ratchet.stream.runtime.StreamStatus.InputStatus;
import dev.ratchet.stream.runtime.StreamStatus.StreamThreadStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/** The stream of an instance, as it is shown. */
@Meaning("The Kafka Streams application of this instance.")
record StreamView(
        @Meaning("Its state.") State state,

        @Meaning("What ends the process; null while it runs.") @Nullable
        String failure,

        @Meaning("The stream threads, without dead ones.") List<StreamThread> threads,
        @Meaning("The assigned input partitions.") List<Input> inputs,

        @Meaning("When the brokers last returned 'committed' and 'end'.") @Nullable
        Instant offsetsAt,

        @Meaning("The timers of each assigned partition.") List<Timers> timers,

        @Meaning("Stores of assigned partitions that are being restored.")
        List<Restoration> restoring,

        @Meaning("Stores of standby tasks.") List<Standby> standbys,

        @Meaning("What made no progress for five minutes; the process ends.")
        List<String> stalled) {

    @Meaning("A stream thread.")
    record StreamThread(
            @Meaning("Its name.") String name,

            @Meaning("Its state, as Kafka Streams names it.")
            String state,

            @Meaning("Its active tasks; 0_3 is partition 3.")
            List<String> activeTasks,

            @Meaning("Its standby tasks.") List<String> standbyTasks) {

        static StreamThread of(StreamThreadStatus thread) {
            return new StreamThread(thread.name(), thread.state(), thread.activeTasks(), thread.standbyTasks());
        }
    }

    @Meaning("An input partition.")
    record Input(
            @Meaning("Its topic.") String topic,
            @Meaning("Its number.") int partition,
            @Meaning("The consumer's position.") @Nullable Long position,

            @Meaning("Committed offset of the group.") @Nullable
            Long committed,

            @Meaning("End of the partition.") @Nullable Long end,

            @Meaning("Number of offsets left to read.") @Nullable
            Long lag) {

        static Input of(InputStatus input) {
            return new Input(
                    input.topic(),
                    input.partition(),
                    value(input.position()),
                    value(input.committed()),
                    value(input.end()),
                    value(input.lag()));
        }
    }

    @Meaning("The timers of a partition.")
    record Timers(
            @Meaning("The partition.") int partition,

            @Meaning("Whether they are enabled: the records that were there at assignment are read.")
            boolean enabled) {}

    @Meaning("A store that is being restored.")
    record Restoration(
            @Meaning("Its name.") String store,
            @Meaning("Its partition.") int partition,
            @Meaning("Number of records restored.") long restored,

            @Meaning("Number of offsets to read; some are transaction markers, so fewer records may be restored.")
            long total) {

        static Restoration of(StoreRestoration store) {
            return new Restoration(store.store(), store.partition(), store.restored(), store.total());
        }
    }

    @Meaning("A store of a standby task.")
    record Standby(
            @Meaning("Its name.") String store,
            @Meaning("Its partition.") int partition,
            @Meaning("Its position in its changelog.") long position,
            @Meaning("The end of its changelog.") @Nullable Long end,

            @Meaning("Number of offsets left to read.") @Nullable
            Long lag) {

        static Standby of(StandbyProgress store) {
            boolean isKnown = store.end() >= 0;
            return new Standby(
                    store.store(),
                    store.partition(),
                    store.position(),
                    isKnown ? store.end() : null,
                    isKnown ? store.lag() : null);
        }
    }

    static StreamView of(StreamStatus stream) {
        return new StreamView(
                stream.state(),
                stream.failure().map(Throwable::toString).orElse(null),
                stream.threads().stream().map(StreamThread::of).toList(),
                stream.inputs().stream().map(Input::of).toList(),
                stream.offsetsAt().map(at -> at.truncatedTo(ChronoUnit.MILLIS)).orElse(null),
                stream.timersEnabled().entrySet().stream()
                        .map(one -> new Timers(one.getKey(), one.getValue()))
                        .toList(),
                stream.restoring().stream().map(Restoration::of).toList(),
                stream.standbys().stream().map(Standby::of).toList(),
                stream.stalled().entrySet().stream().map(String::valueOf).toList());
    }

    private static @Nullable Long value(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}
