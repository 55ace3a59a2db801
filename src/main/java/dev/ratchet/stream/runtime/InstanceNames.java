package dev.ratchet.stream.runtime;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the instance that a client id or transactional id belongs to, by its name. Kafka Streams names transactions
 * {@code APPLICATION-PROCESS-NUMBER} and consumers {@code APPLICATION-PROCESS-StreamThread-NUMBER-consumer}. The
 * process is a UUID that is stored in the state directory, so it is the same after a restart in place.
 */
final class InstanceNames {
    private static final String PROCESS = "-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-";

    private final Pattern transaction;
    private final Pattern consumer;

    InstanceNames(String application) {
        String start = Pattern.quote(application) + PROCESS;
        transaction = Pattern.compile(start + "\\d+");
        consumer = Pattern.compile(start + "StreamThread-\\d+-consumer");
    }

    /**
     * {@return the process of the consumer; empty if Kafka Streams did not name it, because a client id is configured}
     */
    Optional<String> ofConsumer(String clientId) {
        return process(consumer, clientId);
    }

    Set<String> transactionsOf(String process, Collection<String> transactionalIds) {
        return transactionalIds.stream()
                .filter(id -> process(transaction, id).filter(process::equals).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return the transactional ids of this application whose process has no consumer in the group} */
    Set<String> orphans(Collection<String> transactionalIds, Collection<String> clientIds) {
        Set<String> members =
                clientIds.stream().flatMap(id -> ofConsumer(id).stream()).collect(Collectors.toSet());
        return transactionalIds.stream()
                .filter(id -> process(transaction, id)
                        .filter(process -> !members.contains(process))
                        .isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> processes(Collection<String> transactionalIds) {
        return transactionalIds.stream()
                .flatMap(id -> process(transaction, id).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> process(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
