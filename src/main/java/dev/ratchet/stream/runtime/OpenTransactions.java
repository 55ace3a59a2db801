package dev.ratchet.stream.runtime;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What the brokers know of transactions, and of the group. Each question has an end. */
interface OpenTransactions extends AutoCloseable {
    /** {@return the transactional ids of the transactions that are open, of any application, as far as they may be seen} */
    Collection<String> listOngoing() throws ExecutionException, InterruptedException, TimeoutException;

    /** {@return the client ids of the members of the application's group} */
    Collection<String> listMembers() throws ExecutionException, InterruptedException, TimeoutException;

    /** Aborts them, and fences whoever still has them: it can commit nothing more with them. */
    void abort(Collection<String> transactionalIds) throws ExecutionException, InterruptedException, TimeoutException;

    @Override
    void close();
}
