package dev.ratchet.demo.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The two ports of 127.0.0.1 that an embedded broker listens on.
 *
 * @param broker where its clients connect
 * @param controller where the broker connects to its own controller
 */
record LoopbackPorts(int broker, int controller) {
    /**
     * {@return two ports that are free now}
     *
     * @throws IllegalStateException if there is none in 100 attempts
     */
    static LoopbackPorts free() {
        // Below the ports of outgoing connections. Otherwise a client that connects to a stopped broker may get the
        // same port, connect to itself, and block the port for the broker.
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 30_000))
                .limit(100)
                .filter(port -> isFree(port) && isFree(port + 1))
                .mapToObj(port -> new LoopbackPorts(port, port + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Expected two free ports of 127.0.0.1 from 20000 to 30000, but found none in 100 attempts"));
    }

    /** @throws IllegalStateException if something listens on one of them; Kafka's own error has a hundred lines */
    void requireFree() {
        IntStream.of(broker, controller)
                .filter(port -> !isFree(port))
                .findFirst()
                .ifPresent(port -> {
                    throw new IllegalStateException(
                            "Expected port %d of 127.0.0.1 to be free, but something listens on it".formatted(port));
                });
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
