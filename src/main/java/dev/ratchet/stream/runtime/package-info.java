/** Starting, running and stopping the stream: configuration, checks at start, failed threads, the watchdog. */
package dev.ratchet.stream.runtime;
