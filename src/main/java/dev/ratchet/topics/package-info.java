/**
 * The topics and their configuration: checks them before the stream starts, and creates or changes them on demand.
 */
package dev.ratchet.topics;
