/**
 * The audit of all tasks ({@code ratchet audit}): asks Conductor about each task and sends what differs to the stream.
 */
package dev.ratchet.repair.audit;
