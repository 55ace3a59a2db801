package dev.ratchet.task.sim;

import dev.ratchet.task.StatusEvent;

/** One record of a history: the event for the rule, its true classification, and its writer. */
record Entry(StatusEvent event, Truth truth, Writer writer) {}
