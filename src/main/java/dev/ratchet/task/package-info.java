/**
 * The rule: what becomes of a task status event. Stands on the JDK alone, reads no clock, does no I/O.
 *
 * <p>{@link dev.ratchet.task.TaskRatchet} is the way in, {@link dev.ratchet.task.Outcome} the way out;
 * {@link dev.ratchet.task.Marks} is why the order of arrival does not matter, {@link dev.ratchet.task.TransitionTable}
 * says what may follow what, {@link dev.ratchet.task.EpochRule} tells a rerun from a lost update.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00Z throughout, as in Conductor's own records.
 */
package dev.ratchet.task;
