package dev.ratchet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ratchet.Golden;
import dev.ratchet.config.HttpSettings;
import java.lang.reflect.Field;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final Path DOCUMENT = Path.of("src/main/resources/dev/ratchet/http/openapi.json");

    @Test
    void documentIsThatOfTheEndpoints() throws Exception {
        List<Endpoint> endpoints = endpoints();
        assertThat(endpoints).extracting(Endpoint::path).contains("/metrics", "/conductor/tasks", "/api/v1/tasks/{id}");
        Golden.check(DOCUMENT, OpenApiDocument.of(endpoints));
    }

    @Test
    void documentIsServedWithoutToken() throws Exception {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, Optional.of("s3cret"), Optional.empty());
        try (HttpServer server = HttpServer.start(settings, List.of(new OpenApiEndpoint()))) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.address().resolve("/api/v1/openapi.json"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(response.body()).isEqualTo(Files.readString(DOCUMENT));
        }
    }

    @Test
    void fieldWithoutMeaningIsRefused() {
        record Undescribed(String field) {}
        assertThatThrownBy(() -> OpenApiDocument.of(List.of(Endpoint.get("/", "It answers.", Undescribed.class))))
                .hasMessageContaining("@Meaning");
    }

    /** All constants of that type, wherever they are. */
    private static List<Endpoint> endpoints() throws Exception {
        List<Endpoint> found = new ArrayList<>();
        for (var type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ratchet")) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Endpoint.class)
                        && field.getModifiers().contains(JavaModifier.STATIC)) {
                    Field constant = field.reflect();
                    constant.setAccessible(true);
                    found.add((Endpoint) constant.get(null));
                }
            }
        }
        return found;
    }
}
