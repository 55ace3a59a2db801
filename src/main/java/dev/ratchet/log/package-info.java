/** The process log: its format, its levels, and limits on its lines. */
package dev.ratchet.log;
