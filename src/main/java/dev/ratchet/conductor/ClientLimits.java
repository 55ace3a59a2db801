package dev.ratchet.conductor;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;

/**
 * Limits of the requests to Conductor.
 *
 * @param perSecond requests per second, evenly spread, at least 1; a repair takes about five
 * @param failures consecutive failures that open the circuit breaker
 * @param rest how long the circuit breaker stays open before one request probes Conductor
 */
public record ClientLimits(int perSecond, int failures, Duration rest) {

    /** A request that would wait longer for its turn fails. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private static final String NAME = "conductor";

    RateLimiter rate() {
        return RateLimiter.of(NAME, rateConfig());
    }

    RateLimiterConfig rateConfig() {
        return RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(perSecond))
                .timeoutDuration(MAX_WAIT)
                .build();
    }

    CircuitBreaker circuit() {
        return circuit(Clock.systemUTC());
    }

    /**
     * Opens if the last requests all failed in a way that affects every request. A refusal is an answer, and a failure that
     * may be due to one task does not count.
     */
    CircuitBreaker circuit(Clock clock) {
        return CircuitBreaker.of(
                NAME,
                CircuitBreakerConfig.custom()
                        .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .recordException(
                                e -> e instanceof ConductorUnavailableException failure && failure.affectsAllRequests())
                        .waitDurationInOpenState(rest)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .writableStackTraceEnabled(false)
                        .clock(clock)
                        .build());
    }
}
