/**
 * The repairer: a consumer of its own that has Conductor asked and set right, as the commands on their topic say, and
 * writes what came of it. Apart from the stream, so that nothing on the path of status events waits for Conductor.
 *
 * <p>{@link dev.ratchet.repairer.Repairer} is the way in.
 */
package dev.ratchet.repairer;
