package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} says of each command, and that its examples are right. */
class HelpTest {
    static Stream<String> commands() {
        return all(commandLine()).map(command -> command.getCommandSpec().qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandHasDescriptionAndOneToThreeExamplesThatParse(String command) {
        String[] words = command.split(" ", -1);
        String help = CommandResult.ratchet(Stream.concat(Stream.of(words).skip(1), Stream.of("--help"))
                        .toArray(String[]::new))
                .thenExits(0)
                .out();
        assertThat(find(command).getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(help).contains("Examples:");
        List<String> examples = help.lines()
                .filter(line -> line.startsWith("  ratchet "))
                .map(line -> line.replaceFirst(" +#.*", "").strip())
                .toList();
        assertThat(examples).hasSizeBetween(1, 3).allSatisfy(example -> {
            assertThat(example).startsWith(command);
            String[] arguments = example.substring("ratchet ".length()).split(" +", -1);
            assertThatCode(() -> commandLine().parseArgs(arguments)).as(example).doesNotThrowAnyException();
        });
    }

    @Test
    void everyExampleFitsOnOneLine() {
        assertThat(all(commandLine())
                        .flatMap(command -> Stream.of(
                                command.getCommandSpec().usageMessage().footer())))
                .filteredOn(line -> line.startsWith("  ratchet "))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThan(120));
    }

    private static CommandLine find(String command) {
        return all(commandLine())
                .filter(one -> one.getCommandSpec().qualifiedName().equals(command))
                .findFirst()
                .orElseThrow();
    }

    /** Without {@code help}, which is picocli's. */
    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream()
                        .filter(sub -> !sub.getCommandName().equals("help"))
                        .flatMap(HelpTest::all));
    }

    private static CommandLine commandLine() {
        return RatchetCommand.commandLine(new NoLauncher(), new DemoJarHint(), OutputStream.nullOutputStream());
    }
}
