package dev.ratchet.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Free ports for processes that cannot choose one themselves. */
public final class Ports {
    private Ports() {}

    /** {@return a free port of 127.0.0.1, outside the ranges of the operating system and the embedded broker} */
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
