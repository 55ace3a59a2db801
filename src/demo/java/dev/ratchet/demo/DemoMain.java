package dev.ratchet.demo;

import dev.ratchet.Main;

/** Entry point of the demo jar: all commands, and the demo with its Kafka broker. */
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] arguments) {
        System.exit(Main.execute(new DemoCommand(), arguments));
    }
}
