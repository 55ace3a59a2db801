/** The HTTP server. Other rooms add what they answer; who may ask, and how answers look, is said here. */
package dev.ratchet.http;
