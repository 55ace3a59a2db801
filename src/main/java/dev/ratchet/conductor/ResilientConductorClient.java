package dev.ratchet.conductor;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.exception.AcquirePermissionCancelledException;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds a rate limit and a circuit breaker to a client. A request that is not sent fails as unavailable. */
public final class ResilientConductorClient implements ConductorClient {

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final ConductorClient conductor;
    private final RateLimiter rate;
    private final CircuitBreaker circuit;
    private final Duration openTime;

    /**
     * Each client has its own rate limiter and circuit breaker.
     *
     * @param perSecond requests per second, evenly spread, at least 1; a repair takes about five
     * @param failures consecutive failures that open the circuit breaker
     * @param openTime how long the circuit breaker stays open before one request probes Conductor
     */
    public ResilientConductorClient(ConductorClient conductor, int perSecond, int failures, Duration openTime) {
        this(conductor, perSecond, failures, openTime, Clock.systemUTC());
    }

    /**
     * The circuit breaker opens if the last requests all failed in a way that affects every request. A refusal is an answer,
     * and a failure that may be due to one task does not count.
     */
    ResilientConductorClient(ConductorClient conductor, int perSecond, int failures, Duration openTime, Clock clock) {
        this.conductor = conductor;
        this.openTime = openTime;
        rate = RateLimiter.of(
                "conductor",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(perSecond))
                        .timeoutDuration(MAX_WAIT)
                        .build());
        circuit = CircuitBreaker.of(
                "conductor",
                CircuitBreakerConfig.custom()
                        .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .recordException(
                                e -> e instanceof ConductorUnavailableException failure && failure.affectsAllRequests())
                        .waitDurationInOpenState(openTime)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .writableStackTraceEnabled(false)
                        .clock(clock)
                        .build());
    }

    @Override
    public Optional<ConductorTask> task(String taskId) {
        return call(() -> conductor.task(taskId));
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        return call(() -> conductor.workflow(workflowId));
    }

    @Override
    public void update(TaskUpdate update) {
        call(() -> {
            conductor.update(update);
            return true;
        });
    }

    @Override
    public void decide(String workflowId) {
        call(() -> {
            conductor.decide(workflowId);
            return true;
        });
    }

    private <T> T call(Supplier<T> request) {
        try {
            return rate.executeSupplier(() -> circuit.executeSupplier(request));
        } catch (CallNotPermittedException e) {
            throw new ConductorUnavailableException(
                    "Not sent: the circuit breaker is open after several failures", Scope.NOT_SENT, openTime);
        } catch (RequestNotPermitted | AcquirePermissionCancelledException e) {
            throw new ConductorUnavailableException(
                    "Not sent: too many requests wait, or the wait was interrupted", Scope.NOT_SENT, e);
        }
    }
}
