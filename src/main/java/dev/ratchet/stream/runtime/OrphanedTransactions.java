package dev.ratchet.stream.runtime;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.progress.PeriodicTask;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.KafkaStreams.StateListener;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts the open transactions of lost instances. Consumers with read_committed cannot read past an open transaction,
 * and the brokers abort it only after its timeout. Checks run while the stream is rebalancing, which includes restoring
 * state behind such a transaction, and a few times afterwards.
 *
 * <p>An instance is lost if its process has no member in the group. The transactions are listed before the members: an
 * instance that had a transaction and is no member afterwards has left. It can no longer commit, because its group
 * would reject the offsets.
 */
final class OrphanedTransactions extends PeriodicTask implements StateListener {
    /** Open transactions and group members, as the brokers report them. Each call blocks for some seconds at most. */
    interface Brokers {
        /** {@return the transactional ids of open transactions, of all applications that the user may see} */
        Collection<String> listOngoing() throws ExecutionException, InterruptedException, TimeoutException;

        Collection<String> listMembers() throws ExecutionException, InterruptedException, TimeoutException;

        /** Aborts the transactions and fences their producers, which can commit nothing more with these ids. */
        void abort(Collection<String> transactionalIds)
                throws ExecutionException, InterruptedException, TimeoutException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedTransactions.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int CHECKS_AFTER = 5;
    private static final String CONSEQUENCE =
            "After an instance is lost, failover waits until the brokers abort its open transactions: up to"
                    + " kafka.producer.transaction.timeout.ms plus 10 s.";

    private final InstanceNames names;
    private final @Nullable String ownClient;
    private final Brokers transactions;
    private final AtomicInteger checksLeft = new AtomicInteger();
    private volatile boolean isRebalancing;
    private volatile boolean isClosed;
    private boolean hasLoggedStrangers;
    private @Nullable Class<?> loggedFailure;

    /**
     * @param ownClient client id of a consumer of this process; null if Kafka Streams does not name it, or if the
     *     members of the group cannot be listed
     */
    OrphanedTransactions(InstanceNames names, @Nullable String ownClient, Brokers transactions) {
        super("ratchet-orphaned-transactions", INTERVAL);
        this.names = names;
        this.ownClient = ownClient;
        this.transactions = transactions;
    }

    static OrphanedTransactions of(KafkaStreams streams, Settings settings, Brokers transactions) {
        InstanceNames names = new InstanceNames(settings.application().id());
        String ownClient = streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::consumerClientId)
                .filter(client -> StreamsProperties.hasSessions(settings))
                .filter(client -> names.ofConsumer(client).isPresent())
                .findAny()
                .orElse(null);
        return new OrphanedTransactions(names, ownClient, transactions);
    }

    /**
     * Aborts what the previous run of this process left open, and starts the periodic checks. To be called before the
     * stream starts: afterwards the transactions of this process are its own. Blocks for some seconds at most.
     */
    @Override
    public void start() {
        if (ownClient == null) {
            LOG.info(
                    "Ratchet cannot find the owner of an open transaction, because kafka.client.id or a newer"
                            + " kafka.group.protocol is set. {}",
                    CONSEQUENCE);
            return;
        }
        String process = names.ofConsumer(ownClient).orElseThrow();
        super.start(); // does nothing before the stream starts
        abort(() -> names.transactionsOf(process, transactions.listOngoing()));
    }

    /** Kafka Streams reports no further rebalance while it is rebalancing. */
    @Override
    public void onChange(State now, State before) {
        isRebalancing = now == State.REBALANCING;
        checksLeft.set(isRebalancing || now == State.RUNNING ? CHECKS_AFTER : 0);
    }

    @Override
    protected void poll() {
        String own = ownClient;
        if (own != null && (isRebalancing || checksLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0)) {
            abort(() -> orphans(own));
        }
    }

    private Set<String> orphans(String own) throws ExecutionException, InterruptedException, TimeoutException {
        Collection<String> ongoing = transactions.listOngoing();
        if (names.orphans(ongoing, List.of(own)).isEmpty()) {
            return Set.of(); // only its own transactions are open
        }
        Collection<String> members = transactions.listMembers();
        List<String> strangers = members.stream()
                .filter(client -> names.ofConsumer(client).isEmpty())
                .toList();
        if (!strangers.isEmpty() && !hasLoggedStrangers) {
            LOG.info(
                    "Ratchet cannot find the owner of an open transaction, because other instances have"
                            + " kafka.client.id set. {} clients={}",
                    CONSEQUENCE,
                    strangers);
            hasLoggedStrangers = true;
        }
        Set<String> orphans = names.orphans(ongoing, members);
        // While this process is no member, the group is still forming, and other instances may be about to join.
        boolean isMember = members.stream().map(names::ofConsumer).anyMatch(names.ofConsumer(own)::equals);
        return strangers.isEmpty() && isMember ? orphans : Set.of();
    }

    private void abort(Callable<Set<String>> find) {
        try {
            Set<String> orphans = find.call();
            if (!orphans.isEmpty()) {
                transactions.abort(orphans);
                int gone = names.processes(orphans).size();
                LOG.info(
                        "Aborted the open transactions of {} that {} gone. Nothing is lost: their records are"
                                + " processed again. transactions={}",
                        gone == 1 ? "1 instance" : gone + " instances",
                        gone == 1 ? "is" : "are",
                        orphans);
            }
            loggedFailure = null;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error failed) {
            onFailure(failed instanceof ExecutionException && failed.getCause() != null ? failed.getCause() : failed);
        }
    }

    private void onFailure(Throwable cause) {
        boolean passes = isClosed
                || cause instanceof TimeoutException
                || cause instanceof RetriableException
                || cause instanceof GroupIdNotFoundException; // nobody has joined yet
        if (passes || cause.getClass().equals(loggedFailure)) {
            LOG.debug("Cannot abort the open transactions of lost instances; trying again", cause);
            return;
        }
        loggedFailure = cause.getClass();
        if (cause instanceof AuthorizationException) {
            LOG.warn(
                    "RATCHET-1011 Ratchet lacks the permission to abort the open transactions of lost"
                            + " instances. {} Grant it Describe and Write on the transactional ids that begin"
                            + " with its application id, and Describe on its group. error={}",
                    CONSEQUENCE,
                    cause.getMessage());
        } else {
            LOG.warn(
                    "RATCHET-1012 Cannot abort the open transactions of lost instances. {} Trying again every"
                            + " second.",
                    CONSEQUENCE,
                    cause);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        super.close();
    }
}
