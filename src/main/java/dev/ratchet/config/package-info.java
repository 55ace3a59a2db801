/**
 * Settings. The record that reads a setting declares it once, with type, default, check and description. Parsing, error
 * messages and {@code docs/settings.md} are derived from that declaration.
 */
package dev.ratchet.config;
