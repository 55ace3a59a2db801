package dev.ratchet;

import dev.ratchet.cli.RatchetCommand;

/** Entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(RatchetCommand.execute(new RatchetApplication(), arguments));
    }
}
