/** Limits on log lines. */
package dev.ratchet.log;
