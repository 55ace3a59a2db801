/**
 * How far the inputs are read, by the offsets that the brokers report: catching up, unread records, a silent source.
 */
package dev.ratchet.stream.progress;
