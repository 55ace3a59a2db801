package dev.ratchet.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** A registry with Confluent's HTTP API. Caches schemas and ids without limit. */
final class HttpSchemaRegistry implements SchemaRegistry {
    private record Version(String subject, Schema schema) {}

    private final RegistryClient client;
    private final SchemaLookups lookups = new SchemaLookups(this::ask, System::nanoTime);
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Version, Integer> ids = new ConcurrentHashMap<>();

    HttpSchemaRegistry(RegistryClient client) {
        this.client = client;
    }

    @Override
    public int register(String subject, Schema schema) {
        return post(new Version(subject, schema), "/versions");
    }

    @Override
    public int id(String subject, Schema schema) {
        return post(new Version(subject, schema), "");
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
        try {
            return schema(path, client.ask(path, null));
        } catch (RegistryRefusedException e) {
            if (e.isNotFound() && mayWait) {
                return schema(path, client.askUntilFound(path, e));
            }
            throw e;
        }
    }

    @Override
    public Registered latest(String subject) {
        String path = path(subject) + "/versions/latest";
        JsonNode answer = client.ask(path, null);
        return new Registered(id(path, answer), schema(path, answer));
    }

    private int post(Version version, String suffix) {
        Integer known = ids.get(version);
        if (known != null) {
            return known;
        }
        String path = path(version.subject()) + suffix;
        JsonNode body = JsonNodeFactory.instance
                .objectNode()
                .put("schema", version.schema().toString());
        int id = id(path, client.ask(path, body));
        ids.put(version, id);
        return id;
    }

    static String path(String subject) {
        return "/subjects/" + encoded(subject);
    }

    static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }

    private static int id(String path, JsonNode answer) {
        JsonNode id = answer.path("id");
        if (!id.canConvertToInt()) {
            throw new RegistryException("Expected a schema id in the answer to %s, but got %s".formatted(path, answer));
        }
        return id.intValue();
    }

    static Schema schema(String path, JsonNode answer) {
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
        } catch (
                RuntimeException
                        e) { // the parser throws more than it says: a NullPointerException for a name unknown to it
            throw new SerializationException(
                    "Expected a readable Avro schema at %s, but: %s".formatted(path, e.getMessage()), e);
        }
    }
}
