package dev.ratchet.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Puts a question to each address of the registry in turn, in several rounds. Safe for use by several threads. */
final class RegistryClient {
    private static final int MAX_DOUBLINGS = 20;

    private final RegistryHttp http;
    private final List<RegistryAddress> addresses;
    private final int retries;
    private final long firstPause;
    private final long longestPause;

    /** Where the last answer came from: an address that is down is not asked first each time. */
    private volatile int preferred;

    RegistryClient(SerdeConfig config) {
        http = new RegistryHttp(config);
        addresses = config.urls().stream()
                .map(url -> RegistryAddress.of(url, config))
                .toList();
        retries = config.getInt(SerdeConfig.RETRIES);
        firstPause = config.getLong(SerdeConfig.RETRY_WAIT);
        longestPause = config.getLong(SerdeConfig.RETRY_MAX_WAIT);
    }

    /**
     * The registry's answer, whatever its fields. Blocks up to (retries + 1) × addresses × timeout, and the waits.
     *
     * @param path begins with a slash
     * @param body to POST, or null to GET
     * @throws RegistryUnavailableException if no address answered, in any round
     * @throws RegistryRefusedException as soon as one has refused
     */
    JsonNode ask(String path, @Nullable JsonNode body) {
        return ask(body == null ? "GET" : "POST", path, body);
    }

    /** The same, with a PUT. */
    JsonNode put(String path, JsonNode body) {
        return ask("PUT", path, body);
    }

    private JsonNode ask(String method, String path, @Nullable JsonNode body) {
        for (int round = 0; ; round++) {
            try {
                return askEach(method, path, body);
            } catch (IOException e) {
                if (round == retries) {
                    throw new RegistryUnavailableException(
                            "Expected the schema registry at one of %s to answer %s, but none did in %d rounds, the last with: %s"
                                    .formatted(addresses, path, retries + 1, e.getMessage()),
                            e);
                }
                pause(round);
            }
        }
    }

    /**
     * Asks again, after a wait each time, what the registry has just said it does not know.
     *
     * @param refusal what it said
     * @throws RegistryRefusedException if it still does not know after as many rounds as there are retries
     */
    JsonNode askUntilFound(String path, RegistryRefusedException refusal) {
        RegistryRefusedException last = refusal;
        for (int round = 0; round < retries && last.isNotFound(); round++) {
            pause(round);
            try {
                return ask(path, null);
            } catch (RegistryRefusedException e) {
                last = e;
            }
        }
        throw last;
    }

    private JsonNode askEach(String method, String path, @Nullable JsonNode body) throws IOException {
        IOException failure = new IOException("no address to ask");
        int first = preferred;
        for (int i = 0; i < addresses.size(); i++) {
            int at = (first + i) % addresses.size();
            try {
                JsonNode answer = http.ask(addresses.get(at), method, path, body);
                preferred = at;
                return answer;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Doubles with each round, within bounds; a fifth more or less, so that not all who failed together come back together. */
    private void pause(int round) {
        long pause = Math.min(longestPause, firstPause << Math.min(round, MAX_DOUBLINGS));
        try {
            Thread.sleep((long) (pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
