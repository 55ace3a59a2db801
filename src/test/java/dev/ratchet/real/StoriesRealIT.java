package dev.ratchet.real;

import dev.ratchet.config.RepairSettings.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every {@linkplain StoryCatalog story}, as a dry run, so that recordings contain only Conductor's own writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoriesRealIT {
    private EndToEnd all;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        all = EndToEnd.start(folder);
        all.repair(Mode.DRY_RUN);
    }

    @AfterAll
    void stop() throws Exception {
        if (all != null) {
            all.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> storyHasExpectedResult() throws IOException {
        return StoryJudge.testsOfAll(all);
    }

    @Test
    void documentedTableMatchesCatalog() throws IOException {
        StoryTable.check();
    }
}
