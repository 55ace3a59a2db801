package dev.ratchet.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** A settings file in Java's properties format, UTF-8. */
final class PropertiesFile {
    /** An unescaped backslash and a u without four hexadecimal digits, outside of comments. */
    private static final Pattern BAD_ESCAPE =
            Pattern.compile("^(?!\\s*[#!]).*(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

    private PropertiesFile() {}

    /** @throws InvalidSettingsException if it cannot be read */
    static List<SettingValue> read(Path file) {
        String text = text(file);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    file,
                    "four hexadecimal digits after \\u, and a backslash written as \\\\, but line "
                            + lineOfBadEscape(text) + " has it otherwise.");
        } catch (IOException e) {
            throw new IllegalStateException(e); // reads a string
        }
        return properties.stringPropertyNames().stream()
                .map(name -> new SettingValue(name, properties.getProperty(name), file.toString()))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw invalid(file, "a file of settings, but there is none.");
        } catch (CharacterCodingException e) {
            throw invalid(file, "text in UTF-8, but it holds other bytes.");
        } catch (IOException e) {
            throw invalid(file, "a file that can be read, but that failed: " + e + ".");
        }
    }

    private static long lineOfBadEscape(String text) {
        return 1
                + text.lines()
                        .takeWhile(line -> !BAD_ESCAPE.matcher(line).find())
                        .count();
    }

    private static InvalidSettingsException invalid(Path file, String text) {
        return new InvalidSettingsException(List.of(file + ": Expected " + text));
    }
}
