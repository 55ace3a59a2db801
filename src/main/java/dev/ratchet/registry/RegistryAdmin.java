package dev.ratchet.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * Operations on a registry that serdes do not need. Every method throws what those of {@link SchemaRegistry} do, and is safe
 * to repeat.
 */
public final class RegistryAdmin {
    private final RegistryClient client;
    private final SchemaRegistry registry;

    /** @throws ConfigException if a setting is missing or wrong, or the registry is one within a process */
    public RegistryAdmin(Map<String, ?> config) {
        SerdeConfig wire = new SerdeConfig(config);
        String first = wire.urls().get(0);
        if (first.startsWith(SerdeConfig.MOCK)) {
            throw new ConfigException("Expected %s to be http(s) addresses, but got '%s', an in-process registry"
                    .formatted(SerdeConfig.URL, first));
        }
        client = new RegistryClient(wire);
        registry = new HttpSchemaRegistry(client);
    }

    /** {@return the subject's versions, oldest first; empty if there is no such subject} */
    public List<Schema> versions(String subject) {
        String path = HttpSchemaRegistry.path(subject) + "/versions";
        List<Schema> versions = new ArrayList<>();
        for (JsonNode version : found(() -> client.ask(path, null)).orElseGet(JsonNodeFactory.instance::arrayNode)) {
            String one = path + "/" + version.asText();
            versions.add(HttpSchemaRegistry.schema(one, client.ask(one, null)));
        }
        return versions;
    }

    /** {@return the id of this schema under the subject; empty if the subject does not have it} */
    public Optional<Integer> id(Subject subject) {
        return found(() -> registry.id(subject.name(), subject.schema()));
    }

    /** Makes it the subject's newest version, unless it has it. {@return the id} */
    public int register(Subject subject) {
        return registry.register(subject.name(), subject.schema());
    }

    /** {@return the effective level: the subject's own, or else the registry's} */
    public Compatibility level(String subject) {
        JsonNode answer = found(() -> client.ask("/config/" + HttpSchemaRegistry.encoded(subject), null))
                .orElseGet(() -> client.ask("/config", null));
        String level = answer.path("compatibilityLevel").asText();
        try {
            return Compatibility.valueOf(level);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    "Expected a compatibility level of subject %s, but got %s".formatted(subject, answer), e);
        }
    }

    /**
     * Sets the subject's own level. {@return false if the registry rejects it, since the subject does not exist yet}
     */
    public boolean setLevel(String subject, Compatibility level) {
        String path = "/config/" + HttpSchemaRegistry.encoded(subject);
        JsonNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
        return found(() -> client.put(path, body)).isPresent();
    }

    private static <T> Optional<T> found(Supplier<T> asking) {
        try {
            return Optional.of(asking.get());
        } catch (RegistryRefusedException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
