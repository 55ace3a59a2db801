package dev.ratchet;

import dev.ratchet.cli.RatchetCommand;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(RatchetCommand.execute(new RatchetApplication(), arguments));
    }
}
