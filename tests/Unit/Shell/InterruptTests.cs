using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Ctrl-C at a terminal stops what runs, and not the shell.</summary>
public class InterruptTests
{
    // Each says that it runs, in a word that isn't among the typed ones: to press earlier would only clear the line.
    private static readonly string[] s_endless =
    [
        "'run' + 'ning'; while ($true) { }",
        "1..1e9 | ForEach-Object { if ($_ -eq 1) { 'run' + 'ning' } }",
        "/bin/sh -c 'printf run; echo ning; exec sleep 600'",
        "& { 'run' + 'ning'; while ($true) { Get-IpcSemaphore } }",
    ];

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void It_stops_what_runs_again_and_again()
    {
        using var shell = new PromptShell();
        foreach (var statement in s_endless)
        {
            shell.Terminal.Type(statement + "\n");
            shell.Terminal.WaitFor("\nrunning");

            shell.Interrupt();

            shell.Terminal.WaitFor(PromptShell.Prompt);
            shell.AssertAlive();
        }
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void At_an_empty_prompt_it_ends_nothing()
    {
        using var shell = new PromptShell();

        shell.Interrupt();
        shell.Interrupt();

        shell.AssertAlive();
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void What_was_typed_before_it_does_not_run()
    {
        using var shell = new PromptShell();

        shell.Terminal.Type("exit 3");
        shell.Terminal.WaitFor("exit 3");
        shell.Interrupt();
        shell.Terminal.WaitFor(PromptShell.Prompt);

        shell.AssertAlive();
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Finally_blocks_run()
    {
        using var shell = new PromptShell();
        shell.Terminal.Type("try { 'run' + 'ning'; while ($true) { } } finally { $cleaned = 'tidy' }\n");
        shell.Terminal.WaitFor("\nrunning");

        shell.Interrupt();

        shell.Terminal.WaitFor(PromptShell.Prompt);
        Assert.Equal("tidy\n", shell.Run("$cleaned"));
    }
}
