/**
 * Settings. Each is declared once, with type, default, check and text, by the record that reads it; parsing, error
 * texts and {@code docs/settings.md} come from that declaration.
 */
package dev.ratchet.config;
