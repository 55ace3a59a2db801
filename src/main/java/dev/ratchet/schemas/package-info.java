/** What the topics' schemas must be like in the registry: looked at, and made right on demand. */
package dev.ratchet.schemas;
