/** When a task is to be looked at again, and what is due then. Pure: the time is handed in. */
package dev.ratchet.watch;
