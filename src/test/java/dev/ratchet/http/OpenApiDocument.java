package dev.ratchet.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates the OpenAPI document from the endpoints and the records that they answer with. */
final class OpenApiDocument {
    private final Map<String, Object> schemas = new TreeMap<>();

    static String of(List<Endpoint> endpoints) throws Exception {
        OpenApiDocument document = new OpenApiDocument();
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        endpoints.stream()
                .sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method))
                .forEach(endpoint -> paths.computeIfAbsent(endpoint.path(), path -> new LinkedHashMap<>())
                        .put(endpoint.method().name().toLowerCase(Locale.ROOT), document.operation(endpoint)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("openapi", "3.1.0");
        all.put(
                "info",
                object(
                        "title", "Ratchet",
                        "version", "1",
                        "description",
                                "Queries, health and metrics of Ratchet, and the intake of Conductor's webhook."));
        all.put("paths", paths);
        all.put(
                "components",
                object(
                        "schemas",
                        document.schemas,
                        "securitySchemes",
                        object("token", object("type", "http", "scheme", "bearer"))));
        return new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all) + "\n";
    }

    private Map<String, Object> operation(Endpoint endpoint) {
        Map<String, Object> responses = new TreeMap<>();
        responses.put("200", endpoint.response() == Void.class ? object("description", "Done.") : answer(endpoint));
        endpoint.errors()
                .forEach((status, meaning) -> responses.put(
                        String.valueOf(status), content(meaning, "application/json", schema(ErrorBody.class))));
        Map<String, Object> operation = object("summary", endpoint.summary());
        operation.put(
                "security",
                switch (endpoint.access()) {
                    case OPEN -> List.of();
                    case READ -> List.of(Map.of(), Map.of("token", List.of()));
                    case CHANGE -> List.of(Map.of("token", List.of()));
                });
        if (!endpoint.parameters().isEmpty()) {
            operation.put(
                    "parameters",
                    endpoint.parameters().stream()
                            .map(OpenApiDocument::parameter)
                            .toList());
        }
        operation.put("responses", responses);
        return operation;
    }

    private Map<String, Object> answer(Endpoint endpoint) {
        Object schema = endpoint.response() == String.class ? Map.of() : schema(endpoint.response());
        return content("The answer.", endpoint.mediaType(), schema);
    }

    private static Map<String, Object> content(String description, String mediaType, Object schema) {
        return object("description", description, "content", object(mediaType, object("schema", schema)));
    }

    private static Map<String, Object> parameter(Parameter<?> parameter) {
        Map<String, Object> schema = new TreeMap<>(parameter.schema());
        parameter
                .defaultValue()
                .ifPresent(value -> schema.put(
                        "default", "integer".equals(schema.get("type")) ? (Object) Integer.valueOf(value) : value));
        return object(
                "name",
                parameter.name(),
                "in",
                parameter.place().name().toLowerCase(Locale.ROOT),
                "required",
                parameter.place() == Parameter.Place.PATH,
                "description",
                parameter.meaning() + " " + capital(parameter.expectation()) + ".",
                "schema",
                schema);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** A record's schema is among the components. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> schema(Class<?> record) {
        String name = Stream.of(record.getName().replaceFirst(".*\\.", "").split("\\$"))
                .reduce((outer, inner) -> outer + "." + inner)
                .orElseThrow();
        if (!schemas.containsKey(name)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            schemas.put(name, object("type", "object", "description", meaning(record), "properties", properties));
            List<String> required = new ArrayList<>();
            for (RecordComponent component : record.getRecordComponents()) {
                Map<String, Object> property = new LinkedHashMap<>(type(component.getAnnotatedType()));
                property.put("description", meaning(component));
                properties.put(component.getName(), property);
                required.add(component.getName());
            }
            ((Map<String, Object>) schemas.get(name)).put("required", required);
        }
        return object("$ref", "#/components/schemas/" + name);
    }

    private static String meaning(AnnotatedElement described) {
        Meaning meaning = described.getAnnotation(Meaning.class);
        if (meaning == null) {
            throw new IllegalStateException("Expected " + described + " to have a @Meaning");
        }
        return meaning.value();
    }

    private Map<String, Object> type(AnnotatedType annotated) {
        Map<String, Object> schema = typeOf(annotated);
        if (!annotated.isAnnotationPresent(Nullable.class)) {
            return schema;
        }
        return schema.containsKey("type") && !schema.containsKey("enum")
                ? with(schema, "type", List.of(schema.get("type"), "null"))
                : object("anyOf", List.of(schema, Map.of("type", "null")));
    }

    private Map<String, Object> typeOf(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
            return arguments.length == 1
                    ? object("type", "array", "items", type(arguments[0]))
                    : object("type", "object", "additionalProperties", type(arguments[1]));
        }
        Class<?> type = (Class<?>) annotated.getType();
        if (type.isEnum()) {
            return object(
                    "type",
                    "string",
                    "enum",
                    Stream.of(type.getEnumConstants()).map(Object::toString).toList());
        }
        return type.isRecord() ? schema(type) : new TreeMap<>(SIMPLE.get(type));
    }

    private static final Map<Class<?>, Map<String, Object>> SIMPLE = Map.of(
            String.class, Map.of("type", "string"),
            boolean.class, Map.of("type", "boolean"),
            Boolean.class, Map.of("type", "boolean"),
            int.class, Map.of("type", "integer", "format", "int32"),
            Integer.class, Map.of("type", "integer", "format", "int32"),
            long.class, Map.of("type", "integer", "format", "int64"),
            Long.class, Map.of("type", "integer", "format", "int64"),
            Instant.class, Map.of("type", "string", "format", "date-time"),
            JsonNode.class, Map.of());

    private static Map<String, Object> with(Map<String, Object> schema, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(schema);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
