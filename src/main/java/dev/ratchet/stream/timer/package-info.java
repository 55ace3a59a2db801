/** The timers of tasks: their store, and the time budget of a stream thread for them. */
package dev.ratchet.stream.timer;
