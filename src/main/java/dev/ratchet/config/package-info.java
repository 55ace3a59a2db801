/**
 * Settings. Each one is declared once, with its type, default, check and description, by the record that reads it. Parsing,
 * error messages and {@code docs/settings.md} are derived from that declaration.
 */
package dev.ratchet.config;
