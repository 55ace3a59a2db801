package dev.ratchet.conductor;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;

/**
 * How Conductor is spared.
 *
 * @param perSecond requests, evenly spread, at least 1; a repair takes about five
 * @param failures how many requests running must go unanswered for the circuit to open
 * @param rest how long none is sent then, before one tries whether Conductor is back
 */
public record ClientLimits(int perSecond, int failures, Duration rest) {
    /** Whoever would wait longer than this for a turn is sent away. */
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
     * All of the last few must have failed in a way that others would too. That Conductor refuses is an answer; what may be
     * wrong with one task alone opens nothing.
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
