package dev.ratchet.client;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ratchet-client.jar} holds what a service needs, and needs what its POM declares. */
@Timeout(120)
class ClientJarIT {
    @Test
    void classesUseOnlyDeclaredDependencies() throws IOException {
        try (JarFile jar = new JarFile(ClientJar.JAR.toFile())) {
            JavaClasses classes = new ClassFileImporter().importJar(jar);
            classes()
                    .should()
                    .onlyDependOnClassesThat(
                            describe("are in the jar", (JavaClass used) -> classes.contain(baseName(used)))
                                    .or(resideInAnyPackage(
                                            "java..",
                                            "javax.net.ssl",
                                            "org.apache.avro..",
                                            "org.apache.kafka.common..",
                                            "com.fasterxml.jackson..",
                                            "org.jspecify.annotations")))
                    .check(classes);
        }
    }

    /** Of an array its element, and the same for a primitive. */
    private static String baseName(JavaClass used) {
        return used.getBaseComponentType().getName();
    }

    @Test
    void jarHoldsAvroClassesSerdesAndSchemas() throws IOException {
        Map<String, String> schemas = new TreeMap<>();
        try (ZipFile jar = new ZipFile(ClientJar.JAR.toFile())) {
            for (ZipEntry entry : jar.stream()
                    .filter(entry -> entry.getName().endsWith(".avsc"))
                    .toList()) {
                schemas.put(
                        entry.getName(), new String(jar.getInputStream(entry).readAllBytes(), UTF_8));
            }
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .contains(
                            "META-INF/LICENSE",
                            "dev/ratchet/avro/AvroDeserializer.class",
                            "dev/ratchet/avro/AvroRecordDeserializer.class",
                            "dev/ratchet/v1/TaskStatusChange.class")
                    .allMatch(name -> name.matches("(META-INF|schemas|dev/ratchet/(v1|avro|registry))/[^/]+"));
        }
        assertThat(schemas).isEqualTo(published());
    }

    private static Map<String, String> published() throws IOException {
        Map<String, String> published = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("schemas"))) {
            for (Path file : files.toList()) {
                published.put("schemas/" + file.getFileName(), Files.readString(file));
            }
        }
        return published;
    }

    @Test
    void producerExampleCompilesWithClientJar(@TempDir Path out) throws IOException {
        ClientJar.compile(Path.of("src/test/java/com/example/TaskEventProducer.java"), out);
        assertThat(out.resolve("com/example/TaskEventProducer.class")).exists();
    }
}
