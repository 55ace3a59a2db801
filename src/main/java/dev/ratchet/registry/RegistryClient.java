package dev.ratchet.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Sends a request to each address of the registry in turn, in several rounds. Thread-safe. */
final class RegistryClient {
    private static final int MAX_DOUBLINGS = 20;

    private final List<RegistryAddress> addresses;
    private final int retries;
    private final long firstPause;
    private final long longestPause;

    /** Address of the last response, tried first. */
    private volatile int preferred;

    RegistryClient(SerdeConfig config) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // an offer to upgrade to HTTP/2 confuses some proxies
                .connectTimeout(Duration.ofMillis(config.getInt(SerdeConfig.CONNECT_TIMEOUT)));
        RegistryTls.context(config).ifPresent(http::sslContext);
        HttpClient client = http.build();
        addresses = config.urls().stream()
                .map(url -> new RegistryAddress(url, config, client))
                .toList();
        retries = config.getInt(SerdeConfig.RETRIES);
        firstPause = config.getLong(SerdeConfig.RETRY_WAIT);
        longestPause = config.getLong(SerdeConfig.RETRY_MAX_WAIT);
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    /**
     * The response, whatever its fields. Blocks up to (retries + 1) × addresses × timeout, plus the pauses.
     *
     * @param path begins with a slash
     * @throws RegistryUnavailableException if no address answered, in any round
     * @throws RegistryRefusedException as soon as one address refuses
     */
    JsonNode send(String method, String path, @Nullable JsonNode body) {
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

    /** Repeats a GET that is answered with not found, up to the number of retries, with a pause before each. */
    JsonNode getWhenFound(String path) {
        for (int round = 0; ; round++) {
            try {
                return get(path);
            } catch (RegistryRefusedException e) {
                if (!e.isNotFound() || round == retries) {
                    throw e;
                }
                pause(round);
            }
        }
    }

    private JsonNode askEach(String method, String path, @Nullable JsonNode body) throws IOException {
        IOException failure = new IOException("no address to ask");
        int first = preferred;
        for (int i = 0; i < addresses.size(); i++) {
            int at = (first + i) % addresses.size();
            try {
                JsonNode answer = addresses.get(at).ask(method, path, body);
                preferred = at;
                return answer;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Exponential backoff with 20 % jitter. */
    private void pause(int round) {
        long pause = Math.min(longestPause, firstPause << Math.min(round, MAX_DOUBLINGS));
        try {
            Thread.sleep((long) (pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
