package dev.ratchet.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry with Confluent's HTTP API, and the operations on it that serdes do not need; these throw the same. Caches schemas
 * and ids without limit.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private final RegistryClient client;
    private final SchemaLookups lookups = new SchemaLookups(this::ask, System::nanoTime);
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();

    /** @throws ConfigException if a setting is missing or wrong, or the registry is one within a process */
    public HttpSchemaRegistry(Map<String, ?> config) {
        this(new SerdeConfig(config));
    }

    HttpSchemaRegistry(SerdeConfig config) {
        String first = config.urls().get(0);
        if (first.startsWith(SerdeConfig.MOCK)) {
            throw new ConfigException("Expected %s to be http(s) addresses, but got '%s', an in-process registry"
                    .formatted(SerdeConfig.URL, first));
        }
        client = new RegistryClient(config);
    }

    @Override
    public int register(String subject, Schema schema) {
        return post(new Subject(subject, schema), "/versions");
    }

    @Override
    public int id(String subject, Schema schema) {
        return post(new Subject(subject, schema), "");
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = lookups.byId(id);
        schemas.put(id, schema);
        return schema;
    }

    private Schema ask(int id, boolean mayWait) {
        String path = "/schemas/ids/" + id;
        return schema(path, mayWait ? client.getWhenFound(path) : client.get(path));
    }

    @Override
    public Registered latest(String subject) {
        String path = path(subject) + "/versions/latest";
        JsonNode answer = client.get(path);
        return new Registered(id(path, answer), schema(path, answer));
    }

    private int post(Subject subject, String suffix) {
        Integer known = ids.get(subject);
        if (known != null) {
            return known;
        }
        String path = path(subject.name()) + suffix;
        JsonNode body = JsonNodeFactory.instance
                .objectNode()
                .put("schema", subject.schema().toString());
        int id = id(path, client.send("POST", path, body));
        ids.put(subject, id);
        return id;
    }

    /** {@return the subject's versions, oldest first; empty if there is no such subject} */
    public List<Schema> versions(String subject) {
        String path = path(subject) + "/versions";
        List<Schema> versions = new ArrayList<>();
        for (JsonNode version : found(() -> client.get(path)).orElseGet(JsonNodeFactory.instance::arrayNode)) {
            String one = path + "/" + version.asText();
            versions.add(schema(one, client.get(one)));
        }
        return versions;
    }

    /** {@return the id of this schema under the subject; empty if the subject does not have it} */
    public Optional<Integer> id(Subject subject) {
        return found(() -> id(subject.name(), subject.schema()));
    }

    /** {@return the effective level: the subject's own, or else the registry's} */
    public Compatibility level(String subject) {
        JsonNode answer = found(() -> client.get("/config/" + encoded(subject))).orElseGet(() -> client.get("/config"));
        String level = answer.path("compatibilityLevel").asText();
        try {
            return Compatibility.valueOf(level);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    "Expected a compatibility level of subject %s, but got %s".formatted(subject, answer), e);
        }
    }

    /** {@return whether the subject has this level now; false if the subject does not exist yet} */
    public boolean setLevel(String subject, Compatibility level) {
        String path = "/config/" + encoded(subject);
        JsonNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
        return found(() -> client.send("PUT", path, body)).isPresent();
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

    private static String path(String subject) {
        return "/subjects/" + encoded(subject);
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }

    private static int id(String path, JsonNode answer) {
        JsonNode id = answer.path("id");
        if (!id.canConvertToInt()) {
            throw new RegistryException("Expected a schema id in the answer to %s, but got %s".formatted(path, answer));
        }
        return id.intValue();
    }

    private static Schema schema(String path, JsonNode answer) {
        JsonNode text = answer.path("schema");
        if (!text.isTextual()) {
            throw new RegistryException("Expected a schema in the answer to %s, but got %s".formatted(path, answer));
        }
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SerializationException("Expected an Avro schema at %s, but it is %s".formatted(path, type));
        }
        try {
            // Others may have registered an invalid default; we do not use it.
            return new Schema.Parser().setValidateDefaults(false).parse(text.textValue());
        } catch (RuntimeException e) { // also a NullPointerException, for a name that it does not know
            throw new SerializationException(
                    "Expected a readable Avro schema at %s, but: %s".formatted(path, e.getMessage()), e);
        }
    }
}
