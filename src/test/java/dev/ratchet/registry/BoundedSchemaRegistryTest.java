package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedSchemaRegistryTest {
    private static final Schema SCHEMA = Schema.create(Schema.Type.LONG);

    private final CountDownLatch answers = new CountDownLatch(1);
    private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
    private final SlowRegistry slow = new SlowRegistry();
    private final SchemaRegistry registry = new BoundedSchemaRegistry(slow);

    @AfterEach
    void endWhatWaits() {
        answers.countDown();
    }

    @Test
    void slowLookupFailsInTimeAndItsAnswerIsUsedLater() {
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageStartingWith("Expected the schema registry to answer about 7 in time, but");
        answers.countDown();
        await().untilAsserted(() -> assertThat(registry.byId(7)).isEqualTo(SCHEMA));
        assertThat(registry.byId(7)).isEqualTo(SCHEMA);
    }

    @Test
    void manyIdsShareOneTimeout() {
        long began = System.nanoTime();
        for (int id = 0; id < 100; id++) {
            int one = id;
            assertThatThrownBy(() -> registry.byId(one)).isInstanceOf(RegistryUnavailableException.class);
        }
        assertThat(System.nanoTime() - began).isLessThan(100 * TimeUnit.SECONDS.toNanos(1));
        assertThat(asked).as("at once").hasSizeLessThan(10);
    }

    @Test
    void idHasOneRequestAtATime() {
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(asked).containsExactly(7);
    }

    @Test
    void registryExceptionIsPassedOn() {
        answers.countDown();
        assertThatThrownBy(() -> registry.byId(404)).isInstanceOf(RegistryRefusedException.class);
        assertThatThrownBy(() -> registry.latest("none")).isInstanceOf(RegistryRefusedException.class);
    }

    private final class SlowRegistry implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            return 1;
        }

        @Override
        public int id(String subject, Schema schema) {
            return 1;
        }

        @Override
        public Schema byId(int id) {
            asked.add(id);
            awaitAnswers();
            if (id == 404) {
                throw new RegistryRefusedException("id", 404, 40403, "none");
            }
            return SCHEMA;
        }

        @Override
        public Registered latest(String subject) {
            throw new RegistryRefusedException("subject", 404, 40401, "none");
        }

        private void awaitAnswers() {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
