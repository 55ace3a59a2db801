package dev.ratchet.stream.runtime;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.stream.progress.AdminTimeout;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** {@link OpenTransactions} through Kafka's admin client. */
final class AdminOpenTransactions implements OpenTransactions {
    private final Admin admin;
    private final String group;

    private AdminOpenTransactions(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Creates an admin client, which is closed with this object. */
    static AdminOpenTransactions of(Settings settings) {
        return new AdminOpenTransactions(
                Admin.create(KafkaClientSettings.admin(settings.kafka(), "ratchet-transactions")),
                settings.application().id());
    }

    @Override
    public Collection<String> listOngoing() throws ExecutionException, InterruptedException, TimeoutException {
        // No filter by id pattern: brokers before 4.1 do not support it.
        ListTransactionsOptions open = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
        return AdminTimeout.await(admin.listTransactions(open.timeoutMs(AdminTimeout.TIMEOUT_MS))
                        .all())
                .stream()
                .map(TransactionListing::transactionalId)
                .toList();
    }

    @Override
    public Collection<String> listMembers() throws ExecutionException, InterruptedException, TimeoutException {
        DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions().timeoutMs(AdminTimeout.TIMEOUT_MS);
        return AdminTimeout.await(
                        admin.describeConsumerGroups(List.of(group), options).all())
                .values()
                .stream()
                .flatMap(described -> described.members().stream())
                .map(MemberDescription::clientId)
                .toList();
    }

    @Override
    public void abort(Collection<String> transactionalIds)
            throws ExecutionException, InterruptedException, TimeoutException {
        AdminTimeout.await(
                admin.fenceProducers(transactionalIds, new FenceProducersOptions().timeoutMs(AdminTimeout.TIMEOUT_MS))
                        .all());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
