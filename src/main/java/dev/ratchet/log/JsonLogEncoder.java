package dev.ratchet.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes each log line as one JSON object: {@code timestamp} (UTC, ISO 8601), {@code level}, {@code logger}, {@code thread},
 * {@code code} of lines of WARN and above, {@code message}, and {@code stackTrace} if there is one. Logback's own encoder
 * writes the timestamp as a number, the stack trace as an array of frames, and no code.
 */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
    private static final Pattern CODE = Pattern.compile("(RATCHET-\\d{4}) ");

    private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

    @Override
    public void start() {
        stackTraces.start();
        super.start();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName());
        String message = event.getFormattedMessage() == null ? "" : event.getFormattedMessage();
        Matcher code = CODE.matcher(message);
        if (code.lookingAt()) {
            line.put("code", code.group(1));
            message = message.substring(code.end());
        }
        line.put("message", message);
        if (event.getThrowableProxy() != null) {
            line.put("stackTrace", stackTraces.convert(event));
        }
        return (line + "\n").getBytes(UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
