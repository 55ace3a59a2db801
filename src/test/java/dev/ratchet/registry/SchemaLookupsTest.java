package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class SchemaLookupsTest {
    private static final long SECOND = 1_000_000_000;
    private static final Schema SCHEMA = Schema.create(Schema.Type.LONG);

    /** Close to where a long begins anew, as System.nanoTime may be. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private SchemaLookups.Source registry = (id, mayWait) -> SCHEMA;
    private final SchemaLookups lookups = new SchemaLookups(
            (id, mayWait) -> {
                asked.add(id + (mayWait ? " waiting" : ""));
                return registry.ask(id, mayWait);
            },
            now::get);

    @Test
    void unknownIdDoesNotUseUpWaitsOfOtherIds() {
        unknown(7);
        registry = (id, mayWait) -> SCHEMA;
        assertThat(lookups.byId(8)).isEqualTo(SCHEMA);
        assertThat(asked).containsExactly("7 waiting", "8 waiting");
    }

    @Test
    void unknownIdIsRequestedAgainAfterTenSeconds() {
        unknown(7);
        now.addAndGet(10 * SECOND - 1);
        unknown(7);
        assertThat(asked).hasSize(1);
        now.addAndGet(1);
        registry = (id, mayWait) -> SCHEMA;
        assertThat(lookups.byId(7)).isEqualTo(SCHEMA);
        assertThat(asked).hasSize(2);
    }

    @Test
    void refusedIdIsRequestedAgainAfterTenSecondsAndUsesUpNoWaits() {
        registry = (id, mayWait) -> {
            throw new RegistryRefusedException("GET", 403, 403, "forbidden");
        };
        for (int id = 1; id <= 6; id++) {
            int refused = id;
            for (int times = 0; times < 3; times++) {
                assertThatThrownBy(() -> lookups.byId(refused)).isInstanceOf(RegistryRefusedException.class);
            }
        }
        assertThat(asked).containsExactly("1 waiting", "2 waiting", "3 waiting", "4 waiting", "5 waiting", "6 waiting");
        now.addAndGet(10 * SECOND);
        registry = (id, mayWait) -> SCHEMA;
        assertThat(lookups.byId(6)).isEqualTo(SCHEMA);
    }

    @Test
    void idOfAnotherFormatIsRequestedOnce() {
        registry = (id, mayWait) -> {
            throw new SerializationException("PROTOBUF");
        };
        for (int times = 0; times < 3; times++) {
            assertThatThrownBy(() -> lookups.byId(7)).hasMessage("PROTOBUF");
            now.addAndGet(60 * SECOND);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void unavailableRegistryIsAskedEachTime() {
        registry = (id, mayWait) -> {
            throw new RegistryUnavailableException("away", new IllegalStateException());
        };
        for (int times = 0; times < 3; times++) {
            assertThatThrownBy(() -> lookups.byId(7)).isInstanceOf(RegistryUnavailableException.class);
        }
        assertThat(asked).containsExactly("7 waiting", "7 waiting", "7 waiting");
    }

    @Test
    void fiveUnknownIdsDisableWaitsForTenSeconds() {
        for (int id = 1; id <= 6; id++) {
            unknown(id);
        }
        now.addAndGet(10 * SECOND);
        unknown(7);
        assertThat(asked)
                .containsExactly("1 waiting", "2 waiting", "3 waiting", "4 waiting", "5 waiting", "6", "7 waiting");
    }

    private void unknown(int id) {
        registry = (same, mayWait) -> {
            throw new RegistryRefusedException("GET", 404, RegistryRefusedException.SCHEMA_NOT_FOUND, "not found");
        };
        assertThatThrownBy(() -> lookups.byId(id)).isInstanceOf(RegistryRefusedException.class);
    }
}
