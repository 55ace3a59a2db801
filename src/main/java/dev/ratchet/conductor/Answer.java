package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.repair.ConductorRefusedException;
import java.util.Locale;

/**
 * What Conductor answered, of whatever status but those that a later try may mend.
 *
 * @param request what was asked, for people
 */
record Answer(String request, int status, LimitedBody.Bytes body) {
    /** What Spring says of an address that is none of Conductor's, in Conductor's own form. */
    private static final String NO_SUCH_ADDRESS = "No static resource";

    /** Enough of a refusal for a person to see why. */
    static final int LARGEST_REASON = 400;

    /** The body, of any length, if it is a yes. */
    byte[] orRefused() {
        if (status / 100 != 2) {
            throw new ConductorRefusedException(request, status, reason());
        }
        if (!body.whole()) {
            throw new ConductorRefusedException(
                    request, status, "more than the " + body.taken().size() + " bytes that are read of an answer");
        }
        return body.taken().toByteArray();
    }

    /**
     * Whether Conductor knows nothing of that id. A proxy's page of a 404 is no word of Conductor's, nor is a 404 about the
     * address itself: a wrong one must not pass for tasks that are gone.
     */
    boolean isAbsent() {
        return status == 204 || (status == 404 && !isAboutTheAddress());
    }

    private boolean isAboutTheAddress() {
        String text = text().stripLeading();
        return text.startsWith("<") || text.contains(NO_SUCH_ADDRESS);
    }

    private String reason() {
        String text = text().replaceAll("\\s+", " ").strip();
        String hint = status == 404 || status / 100 == 3 ? " (is ratchet.conductor.url right?)" : "";
        return (text.isEmpty() ? "no reason given" : text) + hint;
    }

    private String text() {
        String text = body.taken().toString(UTF_8);
        return text.length() > LARGEST_REASON ? text.substring(0, LARGEST_REASON) + "…" : text;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %d", request, status);
    }
}
