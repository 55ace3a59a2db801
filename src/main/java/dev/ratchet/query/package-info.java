/**
 * Queries over HTTP: one task, what is wrong now, recent rejections, repairs and dead letters. Any instance answers; it
 * asks the one that has the state.
 */
package dev.ratchet.query;
