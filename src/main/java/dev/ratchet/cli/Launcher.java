package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import java.util.function.Consumer;

/** Starts the stream. Implemented by the application, since it needs more packages than the commands may use. */
public interface Launcher {

    /**
     * Runs the stream until the process is stopped or the stream fails.
     *
     * @param errors takes lines that say what an operator must fix before the stream can start
     * @return the exit code: 0 if the process was stopped
     */
    int run(Settings settings, Consumer<String> errors) throws InterruptedException;
}
