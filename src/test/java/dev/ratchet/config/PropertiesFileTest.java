package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir
    Path folder;

    @Test
    void fileIsReadAsUtf8() throws IOException {
        assertThat(TestSettings.file(write("# ü\nratchet.state.dir = /tmp/ü\\u0041\n"))
                        .application()
                        .stateDirectory())
                .isEqualTo(Path.of("/tmp/üA"));
    }

    @Test
    void mistakeIsReportedWithPathAndLine() throws IOException {
        assertThat(mistakes("ratchet.topic.event=x\n"))
                .containsExactly(
                        folder.resolve("f")
                                + ":1: Expected a known setting, but got ratchet.topic.event: did you mean ratchet.topic.events?");
    }

    @Test
    void eachSettingHasItsLineNumber() throws IOException {
        Path file = write(
                "# a comment that ends with \\\nratchet.topic.cdc=a\\\n   b\n\n!\nratchet.topic.alerts : c\\\\\nratchet.topic.events d\n");
        assertThat(PropertiesFile.read(file))
                .extracting(SettingValue::toString)
                .containsExactly(
                        "ratchet.topic.cdc=ab (" + file + ":2)",
                        "ratchet.topic.alerts=c\\ (" + file + ":6)",
                        "ratchet.topic.events=d (" + file + ":7)");
    }

    @Test
    void repeatedNameIsRejected() throws IOException {
        assertThat(mistakes("ratchet.repair.settle=PT5S\n\nratchet.repair.settle=PT3S\n"))
                .containsExactly(folder.resolve("f") + ":3: Expected ratchet.repair.settle to be set once, but "
                        + folder.resolve("f") + ":1 sets it, too.");
    }

    @Test
    void invalidEscapeIsReportedWithLine() throws IOException {
        assertThat(mistakes("# C:\\users\nratchet.topic.cdc=a\\\\users\nratchet.state.dir=C:\\users\n"))
                .containsExactly(folder.resolve("f") + ": Expected four hexadecimal digits after \\u, and a backslash"
                        + " written as \\\\, but line 3 has it otherwise.");
    }

    @Test
    void otherEncodingsAreRejected() throws IOException {
        Path file = Files.write(folder.resolve("f"), "a=ü".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(TestSettings.mistakes(() -> TestSettings.file(file)))
                .containsExactly(file + ": Expected text in UTF-8, but it holds other bytes.");
    }

    @Test
    void missingOrUnreadableFileIsRejected() {
        Path none = folder.resolve("none");
        assertThat(TestSettings.mistakes(() -> TestSettings.file(none)))
                .containsExactly(none + ": Expected a file of settings, but there is none.");
        assertThat(TestSettings.mistakes(() -> TestSettings.file(folder)))
                .singleElement()
                .asString()
                .startsWith(folder + ": Expected a file that can be read, but that failed: ");
    }

    private List<String> mistakes(String text) throws IOException {
        Path file = write(text);
        return TestSettings.mistakes(() -> TestSettings.file(file));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("f"), text);
    }
}
