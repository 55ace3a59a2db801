package dev.ratchet.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Writes the schemas of {@code src/main/avro}, where each type is defined once, in the form of {@code schemas/}: one file for each
 * record, which contains every type that it uses.
 */
final class PublishedSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> sources;
    private final Set<String> defined = new HashSet<>();

    private PublishedSchema(Map<String, JsonNode> sources) {
        this.sources = sources;
    }

    /** {@return the text of each published file, by its name} */
    static Map<String, String> all(Path folder) throws IOException {
        Map<String, JsonNode> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                JsonNode source = JSON.readTree(file.toFile());
                sources.put(source.get("name").asText(), source);
            }
        }
        return sources.values().stream()
                .filter(PublishedSchema::isRecord)
                .collect(Collectors.toMap(
                        source -> source.get("name").asText() + ".avsc",
                        source -> print(new PublishedSchema(sources).complete(source), "") + "\n"));
    }

    /** The same type, with the definition of each other type where it is used first. */
    private JsonNode complete(JsonNode type) {
        if (type.isTextual()) {
            String name = type.asText();
            return sources.containsKey(name) && !defined.contains(name) ? complete(sources.get(name)) : type;
        }
        if (type.isArray()) {
            ArrayNode union = JSON.createArrayNode();
            type.forEach(alternative -> union.add(complete(alternative)));
            return union;
        }
        ObjectNode copy = type.deepCopy();
        if (type.has("name")) {
            defined.add(type.get("name").asText());
        }
        copy.path("fields").forEach(field -> ((ObjectNode) field).set("type", complete(field.get("type"))));
        return copy;
    }

    /** A record with a line for each property and each field; anything else in one line. */
    private static String print(JsonNode node, String indent) {
        if (node.isArray()) {
            return elements(node).map(each -> print(each, indent)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (!node.isObject()) {
            return node.toString();
        }
        String inner = indent + "  ";
        if (!isRecord(node)) {
            return properties(node, indent).collect(Collectors.joining(", ", "{", "}"));
        }
        String fields = elements(node.get("fields"))
                .map(field -> inner + "  " + print(field, inner + "  "))
                .collect(Collectors.joining(",\n", "[\n", "\n" + inner + "]"));
        ObjectNode others = node.deepCopy();
        others.remove("fields");
        return Stream.concat(properties(others, inner), Stream.of("\"fields\": " + fields))
                .map(property -> inner + property)
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static Stream<String> properties(JsonNode object, String indent) {
        return object.properties().stream()
                .map(property -> "\"%s\": %s".formatted(property.getKey(), print(property.getValue(), indent)));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean isRecord(JsonNode type) {
        return type.path("type").asText().equals("record");
    }
}
