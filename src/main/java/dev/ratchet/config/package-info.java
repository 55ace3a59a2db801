/**
 * Settings. The record that reads a setting declares it once, with type, default and check; {@code reference.md} explains
 * it. Parsing, error messages and {@code docs/settings.md} are derived from them.
 */
package dev.ratchet.config;
