/** What the topics must be like: looked at before the stream starts, and made right on demand. */
package dev.ratchet.topics;
