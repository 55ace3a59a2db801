package dev.ratchet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The packaged {@code ratchet-client.jar}, and the class path of a service that depends on it. */
final class ClientJar {
    static final Path JAR = Path.of(System.getProperty("ratchet.client.jar", "target/ratchet-client.jar"));

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.+)</artifactId>");

    /** What the declared dependencies bring along. Codecs of compressed records are not needed here. */
    private static final List<String> TRANSITIVE = List.of("jackson-annotations", "slf4j-api");

    private ClientJar() {}

    /** {@return the jar, the dependencies in its POM, and theirs: nothing else that Ratchet has} */
    static List<Path> classPath() throws IOException {
        List<String> declared = ARTIFACT.matcher(Files.readString(Path.of("src/client/pom.xml")))
                .results()
                .map(artifact -> artifact.group(1))
                .filter(artifact -> !artifact.equals("ratchet-client"))
                .toList();
        List<Path> all = new ArrayList<>(List.of(JAR.toAbsolutePath()));
        Stream.concat(declared.stream(), TRANSITIVE.stream())
                .map(ClientJar::jar)
                .forEach(all::add);
        return all;
    }

    /** {@return the jar of this artifact on the tests' class path} */
    private static Path jar(String artifact) {
        Pattern name = Pattern.compile("[^" + File.pathSeparator + "]*/" + Pattern.quote(artifact) + "-\\d[^/]*\\.jar");
        List<String> found = name.matcher(System.getProperty("java.class.path"))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(found).as("jars of %s on the class path", artifact).hasSize(1);
        return Path.of(found.get(0));
    }

    /** Compiles the source as a service with these dependencies does. */
    static void compile(Path source, Path out) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-Xlint:all,-processing", "-Werror", "-cp", joined(classPath()), "-d", out.toString());
            boolean compiled = compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(errors.toString()).isTrue();
        }
    }

    static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
