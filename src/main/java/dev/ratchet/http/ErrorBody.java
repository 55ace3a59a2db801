package dev.ratchet.http;

/** The body of each response to a rejected request. */
@Meaning("Why there is no answer.")
record ErrorBody(
        @Meaning("'Expected …, but got …', or 'Expected …, but failed: …'.")
        String error) {}
