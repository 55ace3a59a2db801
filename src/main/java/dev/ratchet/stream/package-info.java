/** The Kafka Streams application. What its packages share is here; {@code stream.topology} is where a record goes. */
package dev.ratchet.stream;
