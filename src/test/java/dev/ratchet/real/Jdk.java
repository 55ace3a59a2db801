package dev.ratchet.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java that is installed here, other than the one that runs the tests maybe.
 *
 * @param feature its version, e.g. 21
 */
record Jdk(Path home, int feature) {

    /**
     * The oldest that is at least this new: of JAVA_HOME and its like, this one, and where systems keep theirs. With the
     * system property {@code ratchet.real.jdk} only the one there will do.
     */
    static Optional<Jdk> atLeast(int feature) {
        String wanted = System.getProperty("ratchet.real.jdk");
        if (wanted != null) {
            return of(Path.of(wanted)).filter(jdk -> jdk.feature >= feature);
        }
        Path user = Path.of(System.getProperty("user.home"));
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
                .map(variable -> Path.of(variable.getValue()));
        Stream<Path> kept = Stream.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/usr/java"),
                        Path.of("/opt"),
                        Path.of("/opt/java"),
                        user.resolve(".jdks"),
                        user.resolve(".sdkman/candidates/java"))
                .flatMap(Jdk::folders);
        return Stream.of(named, Stream.of(Path.of(System.getProperty("java.home"))), kept)
                .flatMap(homes -> homes)
                .flatMap(home -> of(home).stream())
                .filter(jdk -> jdk.feature >= feature)
                .min(Comparator.comparingInt(Jdk::feature));
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    private static Optional<Jdk> of(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(home.resolve("release"))) {
            return Optional.empty();
        }
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            Properties release = new Properties();
            release.load(in);
            String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
            return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Stream<Path> folders(Path parent) {
        try (Stream<Path> found = Files.list(parent)) {
            return found.toList().stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }
}
