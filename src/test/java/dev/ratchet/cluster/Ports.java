package dev.ratchet.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports for processes that cannot be told to find one themselves. */
public final class Ports {
    private Ports() {}

    /** {@return a port of 127.0.0.1 that is free now} Of a range that neither the system nor the embedded broker gives out. */
    public static int free() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(30_000, 32_000))
                .limit(100)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
