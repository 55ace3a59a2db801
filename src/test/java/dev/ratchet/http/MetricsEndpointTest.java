package dev.ratchet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.HttpSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
    /** What Prometheus 3 sends. */
    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server = HttpServer.start(
            new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
            List.of(new MetricsEndpoint(metrics)));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void plainTextIsTheDefault() throws Exception {
        Counter.builder("ratchet.events")
                .description("Status events")
                .register(metrics)
                .increment();
        HttpResponse<String> answer = client.send(request().build(), BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("""
                        # HELP ratchet_events_total Status events
                        # TYPE ratchet_events_total counter
                        ratchet_events_total 1.0
                        """);
    }

    @Test
    void prometheusGetsOpenMetrics() throws Exception {
        Counter.builder("ratchet.events")
                .description("Status events")
                .register(metrics)
                .increment();
        HttpResponse<String> answer =
                client.send(request().header("Accept", PROMETHEUS).build(), BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text; version=1.0.0"));
        assertThat(answer.body()).contains("# TYPE ratchet_events counter").endsWith("# EOF\n");
    }

    /** Each scrape waits for the other one in the middle. */
    @Test
    void scrapesDoNotWaitForEachOther() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Gauge.builder("slow", () -> meet(both)).register(metrics);
        CompletableFuture<HttpResponse<String>> one = client.sendAsync(request().build(), BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> two = client.sendAsync(request().build(), BodyHandlers.ofString());
        assertThat(one.get(30, TimeUnit.SECONDS).body()).contains("slow 1.0");
        assertThat(two.get(30, TimeUnit.SECONDS).body()).contains("slow 1.0");
    }

    @Test
    void failingGaugeSpoilsOnlyItself() throws Exception {
        Gauge.builder("broken", () -> {
                    throw new IllegalStateException("closed");
                })
                .register(metrics);
        Gauge.builder("sound", () -> 1).register(metrics);
        HttpResponse<String> answer = client.send(request().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("broken NaN").contains("sound 1.0");
    }

    private static int meet(CyclicBarrier both) {
        try {
            both.await(10, TimeUnit.SECONDS);
            return 1;
        } catch (Exception alone) {
            return 0;
        }
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(server.address().resolve("/metrics")).timeout(Duration.ofSeconds(30));
    }
}
