package dev.ratchet.stream.runtime;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Open transactions and group members, as the brokers report them. Each call blocks for some seconds at most. */
interface OpenTransactions extends AutoCloseable {
    /** {@return the transactional ids of open transactions, of all applications that the user may see} */
    Collection<String> listOngoing() throws ExecutionException, InterruptedException, TimeoutException;

    /** {@return the client ids of the members of the application's group} */
    Collection<String> listMembers() throws ExecutionException, InterruptedException, TimeoutException;

    /** Aborts the transactions and fences their producers, which can commit nothing more with these ids. */
    void abort(Collection<String> transactionalIds) throws ExecutionException, InterruptedException, TimeoutException;

    @Override
    void close();
}
