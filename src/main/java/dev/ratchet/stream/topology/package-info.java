/**
 * The topology and its processors: {@link dev.ratchet.stream.topology.DecodingProcessor} reads a record, {@link
 * dev.ratchet.stream.topology.TaskStatusProcessor} applies the rule, stores and forwards.
 */
package dev.ratchet.stream.topology;
