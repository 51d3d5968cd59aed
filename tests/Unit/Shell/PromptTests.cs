using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The prompt of a session with the built module, at a terminal.</summary>
public class PromptTests
{
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Tab_completes_the_id_of_a_set() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var shell = new PromptShell();

            shell.Terminal.Type("Get-IpcSemaphore -Id \t");
            shell.Terminal.WaitFor($"-Id {id}");
            shell.Terminal.Type(" | ForEach-Object { \"it is $($_.Id)\" }\r");

            shell.Terminal.WaitFor($"\nit is {id}\n");
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Exit_gives_the_exit_code()
    {
        using var shell = new PromptShell();
        shell.Terminal.Type("exit 3\r");

        Assert.Equal(3, shell.Terminal.WaitForExit());
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Ctrl_C_stops_a_listing_and_not_the_shell()
    {
        using var shell = new PromptShell();
        // It says that it runs, in a word that isn't typed: pressed earlier, the key would only clear the line.
        shell.Terminal.Type("& { 'run' + 'ning'; while ($true) { Get-IpcSemaphore } }\r");
        shell.Terminal.WaitFor("\nrunning");

        shell.Interrupt();

        shell.WaitForPrompt();
        shell.AssertAlive();
    }
}
