package dev.ratchet.bench;

import dev.ratchet.demo.broker.EmbeddedKafka;
import java.nio.file.Path;

/** The broker, in a process of its own: tells its address, and runs until it is ended. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]))) {
            System.out.println("bootstrap.servers=" + kafka.bootstrapServers());
            Thread.currentThread().join();
        }
    }
}
