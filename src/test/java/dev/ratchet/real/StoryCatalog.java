package dev.ratchet.real;

import java.util.List;
import java.util.stream.Stream;

/** Every story. */
final class StoryCatalog {
    private StoryCatalog() {}

    static List<Story> all() {
        return Stream.of(
                        RerunStories.all(),
                        PutBackStories.all(),
                        RetryStories.all(),
                        ForkRetryStories.all(),
                        SubWorkflowStories.all(),
                        RestartStories.all(),
                        OperatorStories.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Those of these names. */
    static List<Story> named(String... names) {
        return Stream.of(names)
                .map(name -> all().stream()
                        .filter(story -> story.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No story has the name " + name)))
                .toList();
    }
}
