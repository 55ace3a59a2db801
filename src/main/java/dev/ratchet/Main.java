package dev.ratchet;

import dev.ratchet.cli.DemoJarHint;
import dev.ratchet.cli.RatchetCommand;
import java.util.concurrent.Callable;

/** Entry point of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(new DemoJarHint(), arguments));
    }

    /**
     * Runs a command.
     *
     * @param demo the picocli command {@code demo}, which depends on the jar
     * @return the exit code: 0 done, 1 failed, 2 called wrongly
     */
    public static int execute(Callable<Integer> demo, String... arguments) {
        return RatchetCommand.execute(new RatchetApplication(), demo, arguments);
    }
}
