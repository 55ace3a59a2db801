package dev.ratchet.stream.runtime;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers schemas and compatibility levels at start, like {@code ratchet schemas register}. */
final class SchemaRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistration.class);

    private SchemaRegistration() {}

    /**
     * Does nothing if automatic registration is off ({@code auto.register.schemas}) or other serdes are configured.
     * Logs a warning if the user may register schemas but may not set levels.
     *
     * @throws dev.ratchet.registry.RegistryUnavailableException if the registry does not answer
     */
    static void apply(Settings settings) {
        if (!AvroSerdes.registersSchemas(settings.serde())) {
            return;
        }
        try {
            for (String line : new SchemaAdmin(settings.serde())
                    .register(SchemaPlan.of(settings), false)
                    .lines()) {
                if (line.startsWith("left ")) {
                    LOG.warn("RATCHET-1013 Schema registry: {}", line);
                } else if (!line.startsWith("ok ")) {
                    LOG.info("Schema registry: {}", line);
                }
            }
        } catch (RegistryRefusedException refused) {
            LOG.warn(
                    "RATCHET-1014 The schema registry does not allow Ratchet to read schemas or to set"
                            + " compatibility levels, so it may accept schema versions that consumers cannot"
                            + " read. Run 'ratchet schemas register' as a user with these permissions. error={}",
                    refused.getMessage());
        }
    }
}
