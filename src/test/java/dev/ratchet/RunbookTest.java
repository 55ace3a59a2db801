package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.v1.AlertKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each log line of WARN and above has a code of its own, and the runbook has a row for each code and each kind of alert. */
class RunbookTest {
    private static final Pattern CALL =
            Pattern.compile("\\bLOG\\s*\\.(?:warn|error)\\(\\s*(\"([^\"]*)|[^\"\\s][^,)]*)");
    private static final Pattern CODE = Pattern.compile("RATCHET-\\d{4}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (RATCHET-\\d{4}) \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$");
    private static final Path RUNBOOK = Path.of("docs/runbook.md");

    @Test
    void warningsAndErrorsStartWithUniqueCode() throws IOException {
        List<String> codes = new ArrayList<>();
        for (String call : calls()) {
            Matcher code = CODE.matcher(call);
            assertThat(code.lookingAt()).as("%s begins with a code", call).isTrue();
            codes.add(code.group());
        }
        assertThat(codes).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void runbookListsExactlyTheCodesInOrder() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(RUNBOOK))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(rows).isSorted().doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(codesInCode());
    }

    @Test
    void runbookListsEachAlertKind() throws IOException {
        String runbook = Files.readString(RUNBOOK);
        for (AlertKind kind : EnumSet.complementOf(EnumSet.of(AlertKind.UNKNOWN))) {
            assertThat(runbook).containsPattern("(?m)^\\| `" + kind + "` \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$");
        }
    }

    /** The starts of the messages. */
    private static List<String> calls() throws IOException {
        List<String> calls = new ArrayList<>();
        for (Path file : sources()) {
            CALL.matcher(Files.readString(file))
                    .results()
                    .forEach(call -> calls.add(
                            call.group(2) != null ? call.group(2) : file.getFileName() + ": " + call.group(1)));
        }
        return calls;
    }

    private static Set<String> codesInCode() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Path file : sources()) {
            CODE.matcher(Files.readString(file)).results().forEach(code -> codes.add(code.group()));
        }
        return codes;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
