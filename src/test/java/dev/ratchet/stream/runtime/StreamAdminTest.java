package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.progress.InputOffsets;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class StreamAdminTest {
    private static final TopicPartition LED = new TopicPartition("events", 0);
    private static final TopicPartition LEADERLESS = new TopicPartition("events", 1);

    private final Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers = new HashMap<>();
    private final InputOffsets offsets = new StreamAdmin(admin(), "group");

    @Test
    void aPartitionWithoutALeaderIsLeftOutAndHidesNoOther() throws Exception {
        KafkaFutureImpl<ListOffsetsResultInfo> none = new KafkaFutureImpl<>();
        none.completeExceptionally(new TimeoutException("no leader"));
        answers.put(LEADERLESS, none);
        answers.put(LED, KafkaFuture.completedFuture(new ListOffsetsResultInfo(10, -1, Optional.empty())));
        assertThat(offsets.ends(List.of(LEADERLESS, LED))).containsExactly(Map.entry(LED, 10L));
        assertThat(offsets.starts(List.of(LEADERLESS, LED))).containsExactly(Map.entry(LED, 10L));
        assertThat(offsets.ends(List.of(LEADERLESS))).isEmpty();
    }

    /** Answers only what is asked of the offsets of partitions. */
    private Admin admin() {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, given) -> {
                    if (method.getName().equals("listOffsets")) {
                        return new ListOffsetsResult(answers);
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }
}
