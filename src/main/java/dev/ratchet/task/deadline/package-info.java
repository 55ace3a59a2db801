/** When a task is to be checked again, and which action is due then. Pure: the caller passes the time. */
package dev.ratchet.task.deadline;
