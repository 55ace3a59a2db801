/**
 * The Kafka Streams application. This package has what its sub-packages share; {@code stream.topology} is the way of a
 * record.
 */
package dev.ratchet.stream;
