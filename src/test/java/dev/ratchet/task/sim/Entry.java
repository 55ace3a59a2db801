package dev.ratchet.task.sim;

import dev.ratchet.task.StatusEvent;

/** One record of a history: what the rule is told, what is true of it, and who wrote it. */
record Entry(StatusEvent event, Truth truth, Writer writer) {}
