package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which open transactions are aborted, and when. */
class OrphanedTransactionsTest {
    private static final String OWN = "ratchet-3f0e8a52-90a1-4b6f-8f0a-1d2c3b4a5968";
    private static final String GONE = "ratchet-c7d1b2aa-0000-4111-8222-933344445555";

    private final Brokers brokers = new Brokers();
    private final OrphanedTransactions orphaned = orphaned(member(OWN));
    private final Logger logger = (Logger) LoggerFactory.getLogger(OrphanedTransactions.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        orphaned.close();
    }

    @Test
    void transactionsOfDeadInstanceAreAbortedDuringRebalance() {
        brokers.open(OWN + "-1", GONE + "-1", GONE + "-2", "else");
        brokers.members.add(member(OWN));
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        orphaned.poll();
        assertThat(brokers.aborted).containsExactly(GONE + "-1", GONE + "-2");
        assertThat(lines(Level.INFO))
                .singleElement()
                .asString()
                .contains("1 instance that is gone")
                .contains(GONE + "-2");
    }

    @Test
    void transactionsAreAbortedWhenDeadMemberLeavesLate() {
        brokers.open(GONE + "-1");
        brokers.members.addAll(List.of(member(OWN), member(GONE)));
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        for (int i = 0; i < 100; i++) {
            orphaned.poll();
        }
        assertThat(brokers.aborted).isEmpty();
        brokers.members.remove(member(GONE));
        orphaned.poll();
        assertThat(brokers.aborted).containsExactly(GONE + "-1");
    }

    @Test
    void rebalanceBetweenTwoPollsIsNotMissed() {
        brokers.open(GONE + "-1");
        brokers.members.add(member(OWN));
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        orphaned.onChange(State.RUNNING, State.REBALANCING);
        orphaned.poll();
        assertThat(brokers.aborted).containsExactly(GONE + "-1");
    }

    @Test
    void retriesAreLimited() {
        brokers.failure = new org.apache.kafka.common.errors.TimeoutException("away");
        orphaned.onChange(State.RUNNING, State.REBALANCING);
        for (int i = 0; i < 20; i++) {
            orphaned.poll();
        }
        assertThat(brokers.requests).isEqualTo(5);
        assertThat(lines(Level.WARN)).isEmpty();
    }

    @Test
    void runningOrStoppingStreamSendsNoRequests() {
        orphaned.poll();
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        orphaned.onChange(State.PENDING_SHUTDOWN, State.REBALANCING);
        orphaned.poll();
        assertThat(brokers.requests).isZero();
    }

    @Test
    void nonMemberAbortsNothing() {
        brokers.open(GONE + "-1");
        orphaned.onChange(State.REBALANCING, State.CREATED);
        orphaned.poll();
        assertThat(brokers.aborted).isEmpty();
    }

    @Test
    void customClientIdOfAnotherInstancePreventsAborts() {
        brokers.open(GONE + "-1");
        brokers.members.addAll(List.of(member(OWN), "mine-StreamThread-1-consumer"));
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        orphaned.poll();
        orphaned.poll();
        assertThat(brokers.aborted).isEmpty();
        assertThat(lines(Level.INFO)).singleElement().asString().contains("kafka.client.id");
    }

    @Test
    void startAbortsTransactionsOfPreviousRun() {
        brokers.open(OWN + "-2", GONE + "-1");
        brokers.members.add(member(OWN)); // its session has not expired yet
        orphaned.start();
        assertThat(brokers.aborted).containsExactly(OWN + "-2");
    }

    @Test
    void customClientIdDisablesAbortsAndIsLogged() {
        try (OrphanedTransactions unnamed = orphaned(null)) {
            unnamed.start();
            unnamed.onChange(State.REBALANCING, State.RUNNING);
            unnamed.poll();
        }
        assertThat(brokers.requests).isZero();
        assertThat(lines(Level.INFO)).singleElement().asString().contains("kafka.client.id");
    }

    @Test
    void missingPermissionIsLoggedOnce() {
        brokers.failure = new TransactionalIdAuthorizationException("no");
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        orphaned.poll();
        orphaned.poll();
        assertThat(lines(Level.WARN)).singleElement().asString().contains("Describe and Write");
    }

    @Test
    void failureDoesNotStopPolling() {
        brokers.failure = new UnknownServerException("broken");
        brokers.members.add(member(OWN));
        orphaned.onChange(State.REBALANCING, State.RUNNING);
        orphaned.poll();
        orphaned.poll();
        assertThat(lines(Level.WARN)).hasSize(1);
        brokers.failure = null;
        brokers.open(GONE + "-1");
        orphaned.poll();
        assertThat(brokers.aborted).containsExactly(GONE + "-1");
    }

    private OrphanedTransactions orphaned(@Nullable String ownClient) {
        return new OrphanedTransactions(new InstanceNames("ratchet"), ownClient, brokers);
    }

    private List<String> lines(Level level) {
        return log.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static String member(String instance) {
        return instance + "-StreamThread-1-consumer";
    }

    private static final class Brokers implements OrphanedTransactions.Brokers {
        private final List<String> open = new ArrayList<>();
        private final List<String> members = new ArrayList<>();
        private final List<String> aborted = new ArrayList<>();
        private @Nullable RuntimeException failure;
        private int requests;

        void open(String... ids) {
            open.addAll(List.of(ids));
        }

        @Override
        public Collection<String> listOngoing() throws ExecutionException {
            requests++;
            if (failure != null) {
                throw new ExecutionException(failure);
            }
            return List.copyOf(open);
        }

        @Override
        public Collection<String> listMembers() {
            return List.copyOf(members);
        }

        @Override
        public void abort(Collection<String> transactionalIds) {
            aborted.addAll(transactionalIds);
            open.removeAll(transactionalIds);
        }
    }
}
