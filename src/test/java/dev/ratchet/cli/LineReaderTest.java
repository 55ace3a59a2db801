package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void linesEndAtLf() throws IOException {
        assertThat(lines("a\nb\n")).containsExactly("a", "b");
    }

    @Test
    void lastLineNeedsNoLf() throws IOException {
        assertThat(lines("a\nb")).containsExactly("a", "b");
    }

    @Test
    void emptyLinesAreLines() throws IOException {
        assertThat(lines("\n\na\n\n")).containsExactly("", "", "a", "");
    }

    @Test
    void outputIsFlushedBeforeAWaitForInput() throws IOException {
        List<Integer> flushes = new ArrayList<>();
        InputStream slow = new ByteArrayInputStream("a\nb\nc".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 4)); // two lines
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        LineReader lines = new LineReader(slow, () -> flushes.add(flushes.size()));
        lines.next();
        lines.next();
        assertThat(flushes).hasSize(1);
        assertThat(lines.next()).hasValue("c".getBytes(StandardCharsets.UTF_8));
        assertThat(flushes).hasSize(3);
    }

    @Test
    void emptyInputHasNoLines() throws IOException {
        assertThat(lines("")).isEmpty();
    }

    @Test
    void otherLineSeparatorsBelongToLine() throws IOException {
        String line = "a\r \f \u000b \u0085 \u2028 \u2029 \u0000 \r";
        assertThat(lines(line + "\n" + line)).containsExactly(line, line);
    }

    @Test
    void nonTextBytesAreUnchanged() throws IOException {
        byte[] bytes = {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xE4};
        assertThat(new LineReader(new ByteArrayInputStream(bytes)).next()).hasValue(bytes);
    }

    @Test
    void lineLongerThanBufferIsRead() throws IOException {
        String longer = "ä€😀".repeat(100_000);
        assertThat(lines("\n" + longer + "\nb\n" + longer)).containsExactly("", longer, "b", longer);
    }

    @Test
    void linesOfBufferSizeAreRead() throws IOException {
        for (int length = (1 << 16) - 2; length <= (1 << 16) + 2; length++) {
            String line = "x".repeat(length);
            assertThat(lines(line + "\n" + line + "\n")).containsExactly(line, line);
        }
    }

    @Test
    void streamOfSingleBytesIsReadCompletely() throws IOException {
        InputStream drops = new ByteArrayInputStream(bytes("ab\n\ncd")) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(1, length));
            }
        };
        assertThat(lines(drops)).containsExactly("ab", "", "cd");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(String text) throws IOException {
        return lines(new ByteArrayInputStream(bytes(text)));
    }

    private static List<String> lines(InputStream in) throws IOException {
        LineReader lines = new LineReader(in);
        List<String> all = new ArrayList<>();
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(new String(line.get(), StandardCharsets.UTF_8));
        }
        return all;
    }
}
