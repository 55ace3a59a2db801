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
    private static final TopicPartition WITH_LEADER = new TopicPartition("events", 0);
    private static final TopicPartition WITHOUT_LEADER = new TopicPartition("events", 1);

    private final Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers = new HashMap<>();
    private final InputOffsets offsets = new StreamAdmin(admin(), "group");

    @Test
    void partitionWithoutLeaderIsLeftOut() throws Exception {
        KafkaFutureImpl<ListOffsetsResultInfo> none = new KafkaFutureImpl<>();
        none.completeExceptionally(new TimeoutException("no leader"));
        answers.put(WITHOUT_LEADER, none);
        answers.put(WITH_LEADER, KafkaFuture.completedFuture(new ListOffsetsResultInfo(10, -1, Optional.empty())));
        assertThat(offsets.ends(List.of(WITHOUT_LEADER, WITH_LEADER))).containsExactly(Map.entry(WITH_LEADER, 10L));
        assertThat(offsets.starts(List.of(WITHOUT_LEADER, WITH_LEADER))).containsExactly(Map.entry(WITH_LEADER, 10L));
        assertThat(offsets.ends(List.of(WITHOUT_LEADER))).isEmpty();
    }

    /** Supports only listOffsets. */
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
