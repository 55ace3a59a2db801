/** The Schema Registry: its HTTP client, the mock registry, subject names and compatibility levels. */
package dev.ratchet.registry;
