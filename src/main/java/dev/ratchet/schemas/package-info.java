/** The schemas of the topics in the registry: checks them, and registers them on demand. */
package dev.ratchet.schemas;
