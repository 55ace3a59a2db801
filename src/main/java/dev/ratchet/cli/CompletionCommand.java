package dev.ratchet.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a script that completes commands, options and their values in a shell.",
        footer = {
            "",
            "Examples:",
            "  ratchet completion bash    # to use it now: source <(ratchet completion bash)",
            "  ratchet completion zsh     # to use it now: source <(ratchet completion zsh)",
            "",
            "To keep it, add the line with source to ~/.bashrc or ~/.zshrc."
        })
final class CompletionCommand implements Callable<Integer> {
    /** Both take the same script, which loads bashcompinit in zsh. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        String name = shell.name().toLowerCase(Locale.ROOT);
        out.printf("# Completion for %1$s: source <(ratchet completion %1$s)%n", name);
        out.print(AutoComplete.bash(root.getCommandName(), root));
        out.flush();
        return 0;
    }
}
