/** What happens when a timer is due: repairs, audits, STUCK and SOURCE_SILENT alerts, and the end of a task's state. */
package dev.ratchet.stream.timer;
