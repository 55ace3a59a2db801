/** The HTTP server, authentication, and the form of responses. Other packages add their endpoints. */
package dev.ratchet.http;
