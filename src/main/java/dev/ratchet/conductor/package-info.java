/**
 * The client of Conductor's REST API: {@link dev.ratchet.conductor.ConductorClient}, its HTTP implementation, the rate limit and
 * the circuit breaker.
 */
package dev.ratchet.conductor;
