package dev.ratchet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The floors and rooms of the house ({@code README.md}): what may know what. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ratchet");

    /** Files that may be longer than 200 lines, each with its reason. */
    private static final List<String> LONG_FILES =
            List.of("StatusHistory.java"); // one idea, and nothing in it stands alone

    @Test
    void importsOnlyGoDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("roof")
                .definedBy("dev.ratchet", "dev.ratchet.demo")
                .layer("cli")
                .definedBy("dev.ratchet.cli")
                .layer("conductor")
                .definedBy("dev.ratchet.conductor")
                .layer("embedded")
                .definedBy("dev.ratchet.embedded")
                .layer("intake")
                .definedBy("dev.ratchet.intake")
                .layer("http")
                .definedBy("dev.ratchet.http")
                .layer("stream")
                .definedBy("dev.ratchet.stream")
                .layer("repairer")
                .definedBy("dev.ratchet.repairer")
                .layer("topics")
                .definedBy("dev.ratchet.topics")
                .layer("schemas")
                .definedBy("dev.ratchet.schemas")
                .layer("repair")
                .definedBy("dev.ratchet.repair")
                .layer("source")
                .definedBy("dev.ratchet.source")
                .layer("wire")
                .definedBy("dev.ratchet.wire", "dev.ratchet.v1")
                .layer("watch")
                .definedBy("dev.ratchet.watch")
                .layer("config")
                .definedBy("dev.ratchet.config")
                .layer("task")
                .definedBy("dev.ratchet.task")
                .whereLayer("roof")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("roof")
                .whereLayer("conductor")
                .mayOnlyBeAccessedByLayers("roof")
                .whereLayer("embedded")
                .mayOnlyBeAccessedByLayers("roof")
                .whereLayer("intake")
                .mayOnlyBeAccessedByLayers("roof")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("roof", "intake")
                .whereLayer("stream")
                .mayOnlyBeAccessedByLayers("roof", "cli")
                .whereLayer("repairer")
                .mayOnlyBeAccessedByLayers("roof", "cli")
                .whereLayer("topics")
                .mayOnlyBeAccessedByLayers("roof", "cli", "stream")
                .whereLayer("schemas")
                .mayOnlyBeAccessedByLayers("roof", "cli", "stream")
                .whereLayer("repair")
                .mayOnlyBeAccessedByLayers("roof", "cli", "conductor", "repairer")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("roof", "cli", "intake", "stream")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("roof", "cli", "intake", "stream", "repairer", "schemas", "source")
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("stream", "repairer", "wire")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("roof", "cli", "intake", "http", "stream", "repairer", "topics", "schemas")
                .check(CLASSES);
    }

    @Test
    void everyRoomIsInThePlan() {
        classes()
                .that()
                .resideInAPackage("dev.ratchet..")
                .should()
                .resideInAnyPackage(
                        "dev.ratchet",
                        "dev.ratchet.demo",
                        "dev.ratchet.cli",
                        "dev.ratchet.conductor",
                        "dev.ratchet.embedded",
                        "dev.ratchet.intake",
                        "dev.ratchet.http",
                        "dev.ratchet.repair",
                        "dev.ratchet.repairer",
                        "dev.ratchet.stream",
                        "dev.ratchet.topics",
                        "dev.ratchet.schemas",
                        "dev.ratchet.source",
                        "dev.ratchet.wire",
                        "dev.ratchet.v1",
                        "dev.ratchet.watch",
                        "dev.ratchet.config",
                        "dev.ratchet.task")
                .check(CLASSES);
    }

    @Test
    void theRuleStandsOnTheJdkAloneAndReadsNoClock() {
        classes()
                .that()
                .resideInAPackage("dev.ratchet.task")
                .should()
                .onlyDependOnClassesThat(resideInAPackage("java..").or(resideInAPackage("dev.ratchet.task")))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ratchet.task")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.io..", "java.nio..", "java.net..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .callMethod(Calendar.class, "getInstance")
                .check(CLASSES);
    }

    @Test
    void whenATaskIsLookedAtIsDecidedWithoutAClock() {
        classes()
                .that()
                .resideInAPackage("dev.ratchet.watch")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java.lang..", "java.util..", "dev.ratchet.task", "dev.ratchet.watch"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ratchet.watch")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void repairsAreDecidedWithoutHttpKafkaOrAClock() {
        classes()
                .that()
                .resideInAPackage("dev.ratchet.repair")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "org.jspecify..",
                        "dev.ratchet.task",
                        "dev.ratchet.repair"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ratchet.repair")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void kafkaAndJacksonStayInTheirRooms() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ratchet.source", "dev.ratchet.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.streams..", "org.apache.kafka.clients..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.ratchet.source",
                        "dev.ratchet.wire",
                        "dev.ratchet.conductor",
                        "dev.ratchet.cli",
                        "dev.ratchet.intake",
                        "dev.ratchet.http",
                        "dev.ratchet.demo",
                        "dev.ratchet.v1")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ratchet.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void conductorIsSpokenToInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ratchet.conductor")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ratchet.conductor", "dev.ratchet.wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void theServerIsOneRoomsAndEdgesOnlyAnswer() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ratchet.http", "dev.ratchet.intake")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "jakarta.servlet..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ratchet.intake")
                .should()
                .dependOnClassesThat(resideInAPackage("io.javalin..")
                        .and(not(type(Context.class).or(type(Handler.class)).or(type(RoutesConfig.class)))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ratchet.http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void noRoomsGoInCircles() {
        slices().matching("dev.ratchet.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingThrowsBareExceptionsOrUsesJavaUtilLogging() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
    }

    @Test
    void noFileIsLongWithoutAReason() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Assertions.assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .filteredOn(file -> !LONG_FILES.contains(file.getFileName().toString()))
                    .allSatisfy(file -> Assertions.assertThat(Files.readAllLines(file))
                            .as("lines of %s", file)
                            .hasSizeLessThanOrEqualTo(210));
        }
    }
}
