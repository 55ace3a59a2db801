/** The list of open repairs ({@code ratchet repairs}), read from the changelog topic of the task store. */
package dev.ratchet.repair.open;
