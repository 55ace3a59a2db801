package dev.ratchet.http;

/** The server cannot listen on its address. The message names the settings. */
public final class AddressUnusableException extends RuntimeException {
    AddressUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
