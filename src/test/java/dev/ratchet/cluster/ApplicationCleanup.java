package dev.ratchet.cluster;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What an application leaves on a cluster: its group and the topics that start with its id. */
final class ApplicationCleanup {
    private final Admin admin;
    private final String application;

    ApplicationCleanup(Admin admin, String application) {
        this.admin = admin;
        this.application = application;
    }

    /** Returns when nothing is left. */
    void delete() {
        deleteGroup();
        get(admin.deleteTopics(topics()).all());
        await().atMost(Duration.ofMinutes(1)).until(() -> topics().isEmpty());
    }

    private void deleteGroup() {
        try {
            // Killed and static members are still in the group.
            if (!get(admin.describeConsumerGroups(List.of(application)).all())
                    .get(application)
                    .members()
                    .isEmpty()) {
                get(admin.removeMembersFromConsumerGroup(application, new RemoveMembersFromConsumerGroupOptions())
                        .all());
            }
            get(admin.deleteConsumerGroups(List.of(application)).all());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private Set<String> topics() {
        return get(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(application))
                .collect(Collectors.toSet());
    }

    private static <T> T get(KafkaFuture<T> answer) {
        return answer.toCompletionStage().toCompletableFuture().join();
    }
}
