/** Health, status and log levels of one instance, over HTTP and as metrics. Answers from data in memory. */
package dev.ratchet.status;
