package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.Recordings;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever it is given, it says what Jackson says. */
class SkippingJsonParserTest {
    private static final JsonFactory JACKSON = JsonValues.settings().build();
    private static final JsonFactory SKIPPING = SkippingJsonParser.factory(JsonValues.settings());
    private static final String PIECES = "{}[]\",:\\ \n\t0129-+.eEtrufalsn/bx\u0000\u001f\u007fä€\ud83d\ude00\ud83d#'*";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'a':{'b':[1,-2.5,0,0.0,true,false,null,'x',{}]},'c':[[],[[]],[{}]]}",
                "{'a':'\\\\ \\' \\/ \\b \\f \\n \\r \\t'}",
                "{'a\\'b':1,'':2,'a':3,'a':4}",
                "['ä','😀','\u007f']"
            })
    void compactJsonIsSkippedWithoutJackson(String value) {
        String text = value.replace('\'', '"') + "…";
        int end = text.length() - 1;
        assertThat(SkippingJsonParser.CompactJson.skip(text.toCharArray(), 0, end))
                .isEqualTo(end);
        assertThat(SkippingJsonParser.CompactJson.skip(text.toCharArray(), 0, end - 1))
                .isEqualTo(SkippingJsonParser.CompactJson.UNKNOWN);
        thenSame(value.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ 1]",
                "[1 ]",
                "{'a': 1}",
                "{ }",
                "[1e5]",
                "[1.5E-3]",
                "['\\u00e4']",
                "[01]",
                "[-01]",
                "[1.]",
                "[.5]",
                "[-]",
                "[+1]",
                "[--1]",
                "[1.5.5]",
                "[1x]",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{'a'}",
                "{'a':}",
                "{'a':1,}",
                "{,'a':1}",
                "{'a' :1}",
                "{a:1}",
                "{1:1}",
                "{'a':1 'b':2}",
                "{'a':1]",
                "[1}",
                "[tru]",
                "[truex]",
                "[TRUE]",
                "[nul]",
                "[NaN]",
                "['a\nb']",
                "['\\x']",
                "['\\",
                "['a",
                "{'a\u0000':1}",
                "[/**/1]",
                "[",
                "{",
                "[1",
                "[-",
                "{'a'",
                "{'a':",
                "{'a':1,'b'",
                "[1.",
                "[t",
                "[[[[[[1,2,]]]]]]",
                "{'a':1}}",
                "[1]]"
            })
    void otherJsonIsLeftToJackson(String value) {
        thenSame(value.replace('\'', '"'));
    }

    @Test
    void parserAppliesJacksonLimits() {
        thenSame("[" + "9".repeat(1_000) + "]");
        thenSame("[" + "9".repeat(1_001) + "]");
        thenSame("[0." + "9".repeat(999) + "]");
        thenSame("[-" + "9".repeat(1_000) + "]");
        for (int length : new int[] {49_999, 50_000, 50_001}) {
            thenSame("{\"" + "n".repeat(length) + "\":1}");
            thenSame("[\"" + "n".repeat(length) + "\"]");
        }
        for (int depth : new int[] {99, 100, 101, 998, 999, 1_000, 1_001, 5_000}) {
            thenSame("[".repeat(depth) + "]".repeat(depth));
            thenSame("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
        }
    }

    @Test
    void changedTasksParseLikeJackson() throws IOException {
        Random random = new Random(7);
        List<Recordings.Recorded> records = Recordings.cdc("sub_workflow_retry");
        for (int i = 0; i < records.size(); i++) {
            String task = Read.JSON
                    .readTree(records.get(i).json())
                    .at("/after/json_data")
                    .asText();
            thenSame(task);
            for (int times = 0; times < 60; times++) {
                int at = random.nextInt(task.length());
                char piece = PIECES.charAt(random.nextInt(PIECES.length()));
                String begin = task.substring(0, at);
                thenSame(begin);
                thenSame(begin + piece + task.substring(at));
                thenSame(begin + piece + task.substring(at + 1));
                thenSame(begin + task.substring(at + 1));
            }
        }
    }

    @Test
    void randomJsonParsesLikeJackson() {
        Random random = new Random(8);
        String likely = "{}[]\",:1";
        for (int times = 0; times < 40_000; times++) {
            StringBuilder text = new StringBuilder("[");
            for (int length = random.nextInt(12); length > 0; length--) {
                String pieces = random.nextInt(4) > 0 ? likely : PIECES;
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            thenSame(text.toString());
        }
    }

    /** In an array as in an object, and with what follows. */
    private static void thenSame(String value) {
        for (String text : List.of(value, "{\"x\":" + value + ",\"y\":7}", value + value, "  [" + value + " ,8]")) {
            assertThat(told(SKIPPING, text)).as(text).isEqualTo(told(JACKSON, text));
        }
    }

    /** Each token of the outermost, the inner ones skipped; or what is wrong. */
    private static String told(JsonFactory factory, String text) {
        StringBuilder told = new StringBuilder();
        char[] padded = ("]}" + text + "]}\"1").toCharArray();
        try (JsonParser in = factory.createParser(padded, 2, text.length())) {
            JsonToken first = in.nextToken();
            if (first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY) {
                for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                    told.append(token).append(in.getText());
                    in.skipChildren();
                    told.append(in.currentToken())
                            .append(in.currentLocation())
                            .append(in.getParsingContext().pathAsPointer())
                            .append('\n');
                }
            }
        } catch (JsonProcessingException broken) {
            told.append(broken.getMessage());
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
        return told.toString();
    }
}
