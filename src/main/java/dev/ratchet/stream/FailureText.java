package dev.ratchet.stream;

import dev.ratchet.task.TextLimits;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes a failure for the log. Names all its causes: the useful one is often between a wrapper of Kafka Streams and
 * a bare {@link java.nio.channels.ClosedChannelException}.
 */
public final class FailureText {
    private static final int MAX_CAUSES = 10;

    private FailureText() {}

    public static String describe(Throwable failure) {
        return causes(failure)
                .limit(MAX_CAUSES)
                .map(FailureText::describeAlone)
                .collect(Collectors.joining("; caused by "));
    }

    public static String stackTrace(Throwable failure) {
        return causes(failure)
                .limit(MAX_CAUSES)
                .map(cause -> describeAlone(cause)
                        + Stream.of(cause.getStackTrace())
                                .map(frame -> System.lineSeparator() + "\tat " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(System.lineSeparator() + "Caused by: "));
    }

    /** {@return what failures of one kind have in common: the classes of the failure and its causes} */
    public static String kind(Throwable failure) {
        return causes(failure)
                .limit(MAX_CAUSES)
                .map(cause -> cause.getClass().getName())
                .collect(Collectors.joining(" "));
    }

    /** {@return the failure and its causes, outermost first, each once even if they go in a circle} */
    public static Stream<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, cause -> cause != null && seen.add(cause), Throwable::getCause);
    }

    /** Without the message where it only repeats the cause, as that of a plain wrapper does. */
    private static String describeAlone(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        if (message == null || (cause != null && message.equals(cause.toString()))) {
            return name;
        }
        return name + ": "
                + TextLimits.cut(message, TextLimits.MESSAGE)
                        .replaceAll("\\s+", " ")
                        .strip();
    }
}
