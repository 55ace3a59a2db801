/** The stream: topology, processors, dead letters, topics, and how it is run. */
package dev.ratchet.stream;
