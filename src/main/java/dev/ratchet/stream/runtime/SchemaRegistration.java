package dev.ratchet.stream.runtime;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers at start what {@code ratchet schemas register} does, with the compatibility levels. */
final class SchemaRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistration.class);

    private SchemaRegistration() {}

    /**
     * Does nothing if schemas are not to be registered by themselves ({@code auto.register.schemas}), or by serdes of others.
     * One who may register but not set levels is warned.
     *
     * @throws dev.ratchet.registry.RegistryUnavailableException if the registry does not answer
     */
    static void apply(Settings settings) {
        if (!AvroSerdes.registersSchemas(settings.serde())) {
            return;
        }
        try {
            for (String line : new SchemaAdmin(settings.serde())
                    .register(SchemaPlan.of(settings))
                    .lines()) {
                if (line.startsWith("left ")) {
                    LOG.warn("Schema registry: {}", line);
                } else if (!line.startsWith("ok ")) {
                    LOG.info("Schema registry: {}", line);
                }
            }
        } catch (RegistryRefusedException refused) {
            LOG.warn(
                    "The registry refused to have its schemas looked at or their compatibility levels set, so it may take"
                            + " versions that readers cannot read. Run 'ratchet schemas register' as someone who may. {}",
                    refused.getMessage());
        }
    }
}
