package dev.ratchet.real;

import dev.ratchet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The table of stories in {@code docs/end-to-end.md}. */
final class StoryTable {
    private static final Path PAGE = Path.of("docs", "end-to-end.md");
    private static final String HEAD = "| story | workflow | what is done |\n| --- | --- | --- |";

    private StoryTable() {}

    /** Checks that the page has the catalog's table; {@code -Dgolden.write} updates it. */
    static void check() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEAD);
        int end = page.indexOf("\n\n", start);
        Golden.check(PAGE, page.substring(0, start) + HEAD + rows() + page.substring(end));
    }

    private static String rows() {
        return StoryCatalog.all().stream()
                .map(story ->
                        "\n| `%s` | %s | %s |".formatted(story.name(), StoryTask.texts(story.tasks()), actions(story)))
                .collect(Collectors.joining());
    }

    private static String actions(Story story) {
        String actions = story.steps().stream()
                .map(Step::text)
                .filter(text -> !text.startsWith("until "))
                .collect(Collectors.joining("; "));
        return actions.isEmpty() ? "nothing" : actions;
    }
}
