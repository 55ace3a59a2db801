package dev.ratchet.stream;

import dev.ratchet.config.ClientSettings;
import dev.ratchet.config.Settings;
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

/** {@link OpenTransactions} by Kafka's admin client. */
final class AdminTransactions implements OpenTransactions {
    private final Admin admin;
    private final String group;

    private AdminTransactions(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** With a client of its own, which is closed with this. */
    static AdminTransactions of(Settings settings) {
        return new AdminTransactions(
                Admin.create(ClientSettings.admin(settings.kafka(), "ratchet-transactions")),
                settings.application().id());
    }

    @Override
    public Collection<String> ongoing() throws ExecutionException, InterruptedException, TimeoutException {
        // Not with the pattern that brokers from 4.1 on can filter by: older ones refuse it.
        ListTransactionsOptions open = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
        return AdminAnswers.await(admin.listTransactions(open.timeoutMs(AdminAnswers.TIMEOUT_MS))
                        .all())
                .stream()
                .map(TransactionListing::transactionalId)
                .toList();
    }

    @Override
    public Collection<String> members() throws ExecutionException, InterruptedException, TimeoutException {
        DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions().timeoutMs(AdminAnswers.TIMEOUT_MS);
        return AdminAnswers.await(
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
        AdminAnswers.await(
                admin.fenceProducers(transactionalIds, new FenceProducersOptions().timeoutMs(AdminAnswers.TIMEOUT_MS))
                        .all());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
