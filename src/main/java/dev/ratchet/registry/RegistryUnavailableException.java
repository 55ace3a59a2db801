package dev.ratchet.registry;

import org.jspecify.annotations.Nullable;

/** No address of the registry answered, after all retries: I/O error, timeout, 408, 429 or 5xx. Retry later. */
public final class RegistryUnavailableException extends RegistryException {
    public RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
