/** Conductor at the other end of its REST API: {@link dev.ratchet.repair.Conductor} over HTTP, and what spares it. */
package dev.ratchet.conductor;
