package dev.ratchet.repair.worker;

import static dev.ratchet.repair.worker.Commands.repair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.v1.RepairOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.Test;

/** Start, stop, rebalances and failures of the worker itself. */
class RepairWorkerIT extends RepairWorkerScenario {
    @Test
    void stopBetweenWriteAndResultDoesNotRepeatWrite() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        stage.conductor.fault =
                request -> request.equals("POST /tasks") ? Optional.of(StatefulConductor.silence()) : Optional.empty();
        RepairWorker first = stage.start(RepairStage.patient(stage.conductor));
        stage.send(repair("t1"));
        await().until(() -> stage.conductor.effects.size() == 1);
        long start = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        assertThat(stage.poll().results).isEmpty();
        assertThat(stage.committed()).isZero();

        stage.conductor.fault = request -> Optional.empty();
        stage.start();

        assertThat(result().getResult()).isEqualTo(RepairOutcome.ALREADY_CONSISTENT);
        assertThat(stage.conductor.effects).hasSize(1);
        assertThat(stage.conductor.asked("POST /tasks")).isEqualTo(1);
    }

    @Test
    void closeEndsWaitForConductor() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        fails(stage.conductor, StatefulConductor.status(503, "Retry-After", "3600"));
        RepairWorker worker = stage.start();
        stage.send(repair("t1"));
        await().until(() -> stage.conductor.asked("GET /tasks/t1") == 1);

        long start = System.nanoTime();
        worker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        assertThat(worker.failure()).isEmpty();
    }

    @Test
    void rebalanceDoesNotRepeatWrites() throws Exception {
        given(Map.of());
        RepairWorker first = stage.start();
        sendRepairs(0, 100);
        await().until(() -> stage.conductor.effects.size() > 10);
        RepairWorker second = stage.start();
        await().until(() -> stage.conductor.effects.size() > 50);
        first.close();
        sendRepairs(100, 150);
        await().atMost(Duration.ofSeconds(30)).until(() -> tasksWithResults().size() == 150);

        assertThat(stage.conductor.effects).hasSize(150).doesNotHaveDuplicates();
        assertThat(List.of(first.failure(), second.failure())).allMatch(Optional::isEmpty);
    }

    @Test
    void authorizationErrorEndsWorker() throws Exception {
        given(Map.of());
        RepairWorker worker = stage.start(new BrokenConductor(new AuthorizationException("broken")));
        try (LogCapture log = new LogCapture(RepairWorker.class)) {
            stage.send(repair("t1"));
            stage.ended.await();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("RATCHET-2114", "AuthorizationException: broken");
        }
        assertThat(worker.failure()).isPresent();
        assertThat(stage.committed()).isZero();
    }

    @Test
    void javaErrorEndsWorker() throws Exception {
        given(Map.of());
        RepairWorker worker = stage.start(new BrokenConductor(new NoClassDefFoundError("gone")));
        try (LogCapture log = new LogCapture(RepairWorker.class)) {
            stage.send(repair("t1"));
            stage.ended.await();
            assertThat(log.lines()).singleElement().asString().contains("RATCHET-2114", "NoClassDefFoundError: gone");
        }
        assertThat(worker.failure()).containsInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void closeFailureDoesNotHideFirstFailure() throws Exception {
        given(Map.of("kafka.metric.reporters", FailsToClose.class.getName()));
        RepairWorker worker = stage.start(new BrokenConductor(new AuthorizationException("broken")));
        try (LogCapture log = new LogCapture(RepairWorker.class)) {
            stage.send(repair("t1"));
            stage.ended.await();
            assertThat(log.lines()).anyMatch(line -> line.contains("RATCHET-2113"));
        }
        assertThat(worker.failure()).containsInstanceOf(AuthorizationException.class);
    }

    /** In a client of a group. */
    public static final class FailsToClose implements MetricsReporter {
        private boolean isInAGroup;

        @Override
        public void configure(Map<String, ?> settings) {
            isInAGroup = settings.get(ConsumerConfig.GROUP_ID_CONFIG) != null;
        }

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {
            if (isInAGroup) {
                throw new NoClassDefFoundError("gone too");
            }
        }
    }
}
