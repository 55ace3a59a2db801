/**
 * The rule for task status events. Depends on the JDK alone, reads no clock, does no I/O.
 *
 * <p>{@link dev.ratchet.task.StatusReducer} is the entry point and {@link dev.ratchet.task.Outcome} the result. {@link
 * dev.ratchet.task.StatusHistory} makes the order of arrival irrelevant, {@link dev.ratchet.task.TransitionTable} holds the
 * permitted transitions, {@link dev.ratchet.task.EpochRule} distinguishes a rerun from a lost update.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00Z throughout, as in Conductor's own records.
 */
package dev.ratchet.task;
