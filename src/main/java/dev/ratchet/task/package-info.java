/**
 * The rule: what becomes of a task status event. Depends on the JDK alone, reads no clock, does no I/O.
 *
 * <p>{@link dev.ratchet.task.StatusReducer} is the entry point and {@link dev.ratchet.task.Outcome} the result. {@link
 * dev.ratchet.task.StatusHistory} is why the order of arrival does not matter, {@link dev.ratchet.task.TransitionTable} says
 * which status may follow which, {@link dev.ratchet.task.EpochRule} tells a rerun from a lost update.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00Z throughout, as in Conductor's own records.
 */
package dev.ratchet.task;
