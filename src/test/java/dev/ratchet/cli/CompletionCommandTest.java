package dev.ratchet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, in a real shell. */
class CompletionCommandTest {
    @TempDir
    Path folder;

    @Test
    void bashCompletesCommandsOptionsAndValues() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        assertThat(complete("dead")).containsExactly("dead-letters");
        assertThat(complete("dead-letters", "re")).containsExactly("redrive");
        assertThat(complete("re")).contains("replay", "repairs", "republish", "reset");
        assertThat(complete("verify", "--m")).containsExactly("--max");
        assertThat(complete("dead-letters", "list", "--category", "UNKNOWN_SC")).containsExactly("UNKNOWN_SCHEMA");
    }

    @Test
    void unknownShellIsNamed() {
        assertThat(CommandResult.ratchet("completion", "fish")
                        .thenExits(2)
                        .errLines()
                        .get(0))
                .contains("'fish'")
                .contains("BASH", "ZSH");
        assertThat(CommandResult.ratchet("completion", "zsh").thenExits(0).out())
                .contains("bashcompinit");
    }

    /** {@return what bash would offer for the last word} */
    private List<String> complete(String... words) throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion"),
                CommandResult.ratchet("completion", "bash").thenExits(0).out());
        String program =
                "source %s; COMP_WORDS=(ratchet %s); COMP_CWORD=%d; _complete_ratchet; printf '%%s\\n' \"${COMPREPLY[@]}\""
                        .formatted(script, String.join(" ", words), words.length);
        Path output = folder.resolve("output");
        Process bash = new ProcessBuilder("/bin/bash", "-c", program)
                .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt is only for interactive shells
                .redirectOutput(output.toFile())
                .start();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, UTF_8);
        assertThat(bash.exitValue()).as(text).isZero();
        return Stream.of(text.split("\n", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
