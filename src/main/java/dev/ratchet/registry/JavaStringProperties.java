package dev.ratchet.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Avro's compiler marks strings of a class's schema with {@code avro.java.string}. To a registry that is another schema than
 * the {@code .avsc} it was generated from.
 */
public final class JavaStringProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JavaStringProperties() {}

    /** The schema without these properties; its binary encoding is the same. */
    public static Schema removedFrom(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            tree.findParents(GenericData.STRING_PROP)
                    .forEach(node -> ((ObjectNode) node).remove(GenericData.STRING_PROP));
            return new Schema.Parser().setValidateDefaults(false).parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Expected Avro to print a schema as JSON, but it did not", e);
        }
    }
}
