package dev.ratchet.conductor;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds a rate limit and a circuit breaker to a client. A request that is not sent fails as unavailable.
 */
public final class ResilientConductorClient implements ConductorClient {
    private final ConductorClient conductor;
    private final RateLimiter rate;
    private final CircuitBreaker circuit;
    private final Duration rest;
    private final Sleeper sleeper;

    /** Each client has its own rate limiter and circuit breaker. */
    public ResilientConductorClient(ConductorClient conductor, ClientLimits limits) {
        this(conductor, limits.rate(), limits.circuit(), limits.rest(), Sleeper.blocking());
    }

    /** @param rest how long the circuit breaker stays open */
    ResilientConductorClient(
            ConductorClient conductor, RateLimiter rate, CircuitBreaker circuit, Duration rest, Sleeper sleeper) {
        this.conductor = conductor;
        this.rate = rate;
        this.circuit = circuit;
        this.rest = rest;
        this.sleeper = sleeper;
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
        waitForTurn();
        try {
            return circuit.executeSupplier(request);
        } catch (CallNotPermittedException e) {
            throw ConductorUnavailableException.notSent("the circuit breaker is open after several failures", rest);
        }
    }

    private void waitForTurn() {
        long nanos = rate.reservePermission();
        if (nanos < 0) {
            throw ConductorUnavailableException.notSent(
                    "too many requests wait already",
                    rate.getRateLimiterConfig().getTimeoutDuration());
        }
        if (nanos > 0) {
            sleeper.sleep(Duration.ofNanos(nanos));
        }
    }
}
