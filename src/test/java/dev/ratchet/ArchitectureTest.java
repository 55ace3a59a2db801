package dev.ratchet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import dev.ratchet.http.Endpoint;
import io.github.resilience4j.core.IntervalFunction;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Which package may depend on which ({@code docs/architecture.md}). */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ratchet");

    private static final JavaClasses DEMO = new ClassFileImporter().importPath(Path.of("target/demo-classes"));

    /** Files that may be longer than 200 lines, each with its reason. */
    private static final List<String> LONG_FILES = List.of(
            "StatusHistory.java", // one idea, and nothing in it stands alone
            "DeadlinePolicy.java", // every deadline in one place
            "TaskStatusProcessor.java"); // a method for every kind of reading

    /** From the top down: each layer, its packages, and who may use it. */
    @Test
    void importsFollowLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("application")
                .definedBy("dev.ratchet")
                .layer("cli")
                .definedBy("dev.ratchet.cli")
                .layer("webhook")
                .definedBy("dev.ratchet.ingest.webhook")
                .layer("status")
                .definedBy("dev.ratchet.status")
                .layer("query")
                .definedBy("dev.ratchet.query")
                .layer("http")
                .definedBy("dev.ratchet.http")
                .layer("stream")
                .definedBy("dev.ratchet.stream..")
                .layer("worker")
                .definedBy("dev.ratchet.repair.worker", "dev.ratchet.repair.open")
                .layer("inspect")
                .definedBy("dev.ratchet.inspect")
                .layer("topics")
                .definedBy("dev.ratchet.topics")
                .layer("schemas")
                .definedBy("dev.ratchet.schemas")
                .layer("repair")
                .definedBy("dev.ratchet.repair")
                .layer("conductor")
                .definedBy("dev.ratchet.conductor")
                .layer("ingest")
                .definedBy("dev.ratchet.ingest", "dev.ratchet.ingest.avro", "dev.ratchet.ingest.debezium")
                .layer("avro")
                .definedBy("dev.ratchet.avro", "dev.ratchet.registry", "dev.ratchet.v1")
                .layer("state")
                .definedBy("dev.ratchet.state")
                .layer("config")
                .definedBy("dev.ratchet.config")
                .layer("log")
                .definedBy("dev.ratchet.log")
                .layer("metrics")
                .definedBy("dev.ratchet.metrics")
                .layer("trace")
                .definedBy("dev.ratchet.trace")
                .layer("task")
                .definedBy("dev.ratchet.task..")
                .whereLayer("application")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("application")
                .whereLayer("webhook")
                .mayOnlyBeAccessedByLayers("application", "cli")
                .whereLayer("status")
                .mayOnlyBeAccessedByLayers("application")
                .whereLayer("query")
                .mayOnlyBeAccessedByLayers("application")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("application", "webhook", "status", "query")
                .whereLayer("stream")
                .mayOnlyBeAccessedByLayers("application", "cli", "inspect", "status", "query")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("application", "cli", "status")
                .whereLayer("inspect")
                .mayOnlyBeAccessedByLayers("cli", "query")
                .whereLayer("topics")
                .mayOnlyBeAccessedByLayers("application", "cli", "inspect", "stream", "worker")
                .whereLayer("schemas")
                .mayOnlyBeAccessedByLayers("application", "cli", "stream")
                .whereLayer("repair")
                .mayOnlyBeAccessedByLayers("application", "cli", "worker")
                .whereLayer("conductor")
                .mayOnlyBeAccessedByLayers("application", "cli", "worker", "repair")
                .whereLayer("ingest")
                .mayOnlyBeAccessedByLayers("application", "cli", "webhook", "stream", "query")
                .whereLayer("avro")
                .mayOnlyBeAccessedByLayers(
                        "application",
                        "cli",
                        "inspect",
                        "webhook",
                        "status",
                        "query",
                        "stream",
                        "worker",
                        "schemas",
                        "ingest")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("application", "stream", "worker", "webhook")
                .whereLayer("log")
                .mayOnlyBeAccessedByLayers("application", "http", "status", "stream", "webhook", "worker")
                .whereLayer("trace")
                .mayOnlyBeAccessedByLayers("stream", "worker")
                .whereLayer("state")
                .mayOnlyBeAccessedByLayers("stream", "worker")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers(
                        "application",
                        "cli",
                        "inspect",
                        "webhook",
                        "http",
                        "status",
                        "query",
                        "stream",
                        "worker",
                        "topics",
                        "schemas")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void ruleUsesOnlyJdkAndNoClock() {
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
                .dependOnClassesThat(resideInAnyPackage("java.time..", "java.io..", "java.nio..", "java.net..")
                        .and(not(type(Instant.class)))) // to print a time
                .orShould()
                .callMethod(Instant.class, "now")
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
    void deadlinesUseNoClock() {
        classes()
                .that()
                .resideInAPackage("dev.ratchet.task.deadline")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..", "java.util..", "dev.ratchet.task", "dev.ratchet.task.deadline"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ratchet.task.deadline")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void repairsUseNoHttpKafkaOrClock() {
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
                        "dev.ratchet.conductor",
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
    void kafkaAndJacksonAreUsedOnlyInTheirPackages() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ratchet.ingest",
                        "dev.ratchet.ingest.avro",
                        "dev.ratchet.ingest.debezium",
                        "dev.ratchet.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.streams..", "org.apache.kafka.clients..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.ratchet.ingest..",
                        "dev.ratchet.registry",
                        "dev.ratchet.conductor",
                        "dev.ratchet.cli",
                        "dev.ratchet.inspect",
                        "dev.ratchet.http",
                        "dev.ratchet.status",
                        "dev.ratchet.log",
                        "dev.ratchet.query",
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

    /** The compiler holds this too, unless the broker's scope in the POM is changed. */
    @Test
    void mainCodeUsesNoBrokerAndNoDemo() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ratchet.demo..", "kafka..", "scala..", "org.apache.kafka.server..")
                .check(CLASSES);
    }

    @Test
    void embeddedBrokerUsesNoOtherPackage() {
        noClasses()
                .that()
                .resideInAPackage("dev.ratchet.demo.broker")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.ratchet..").and(not(resideInAPackage("dev.ratchet.demo.broker"))))
                .check(DEMO);
    }

    @Test
    void onlyConductorPackageCallsConductor() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ratchet.conductor")
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.resilience4j..")
                        .and(not(type(IntervalFunction.class)))) // the backoff of the worker
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ratchet.conductor", "dev.ratchet.registry")
                .and()
                .doNotHaveFullyQualifiedName("dev.ratchet.query.InstanceClient") // asks other instances of Ratchet
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void onlyHttpPackageStartsServer() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.ratchet.http", "dev.ratchet.ingest.webhook", "dev.ratchet.status", "dev.ratchet.query")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "jakarta.servlet..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("dev.ratchet.ingest.webhook", "dev.ratchet.status", "dev.ratchet.query")
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

    /** So that each route is in the OpenAPI document. */
    @Test
    void onlyEndpointsAddRoutes() {
        noClasses()
                .that()
                .areNotAssignableTo(Endpoint.class)
                .should()
                .callMethodWhere(describe(
                        "adds a route",
                        call -> call.getTargetOwner().isAssignableTo(RoutesConfig.class)
                                && !call.getName().equals("exception")))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.ratchet.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.ratchet.stream.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.ratchet.repair.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void codeThrowsNoGenericExceptionsAndUsesNoJavaUtilLogging() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(DEMO);
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(DEMO);
    }

    @Test
    void longFilesAreListed() throws IOException {
        try (Stream<Path> main = Files.walk(Path.of("src/main/java"));
                Stream<Path> demo = Files.walk(Path.of("src/demo/java"))) {
            Stream<Path> files = Stream.concat(main, demo);
            Assertions.assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .filteredOn(file -> !LONG_FILES.contains(file.getFileName().toString()))
                    .allSatisfy(file -> Assertions.assertThat(Files.readAllLines(file))
                            .filteredOn(line -> !line.startsWith("import "))
                            .as("lines of %s", file)
                            .hasSizeLessThanOrEqualTo(200));
        }
    }
}
