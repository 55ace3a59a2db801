package dev.ratchet.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** A settings file in Java's properties format, UTF-8. */
final class PropertiesFile {
    /** A setting, so no comment, that goes on in the next line: it ends with a backslash that is not itself escaped. */
    private static final Pattern CONTINUED = Pattern.compile("(?s)(?!\\s*[#!]).*(?<!\\\\)(?:\\\\{2})*\\\\");

    private PropertiesFile() {}

    /**
     * Reads the settings with the lines they are on, in the order of the file; a name may be there more than once.
     *
     * @throws InvalidSettingsException if it cannot be read
     */
    static List<SettingValue> read(Path file) {
        List<String> lines = text(file).lines().toList();
        List<SettingValue> settings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            StringBuilder setting = new StringBuilder(lines.get(i));
            while (i + 1 < lines.size() && CONTINUED.matcher(setting).matches()) {
                setting.append('\n').append(lines.get(++i));
            }
            load(file, first + 1, setting.toString())
                    .forEach((name, value) -> settings.add(
                            new SettingValue(String.valueOf(name), String.valueOf(value), file + ":" + (first + 1))));
        }
        return settings;
    }

    private static Properties load(Path file, int line, String setting) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(setting));
            return properties;
        } catch (IllegalArgumentException e) {
            throw invalid(
                    file,
                    "four hexadecimal digits after \\u, and a backslash written as \\\\, but line " + line
                            + " has it otherwise.");
        } catch (IOException e) {
            throw new IllegalStateException(e); // reads a string
        }
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

    private static InvalidSettingsException invalid(Path file, String text) {
        return new InvalidSettingsException(file + ": Expected " + text);
    }
}
