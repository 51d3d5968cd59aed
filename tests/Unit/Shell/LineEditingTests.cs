using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The keys of the prompt. What runs is what counts: $Error or a value tells which line the shell got.</summary>
public class LineEditingTests
{
    private const string Left = "\e[D", Right = "\e[C", Up = "\e[A", Down = "\e[B", Home = "\e[H", End = "\e[F", Delete = "\e[3~", Backspace = "\u007f";
    private const string CtrlA = "\u0001", CtrlE = "\u0005", CtrlK = "\u000b", CtrlL = "\u000c", CtrlU = "\u0015", CtrlW = "\u0017";

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("'ac'" + Left + Left + "b")]
    [InlineData("ab'" + Home + "'" + End + Backspace + "c'")]
    [InlineData("bc'" + CtrlA + "'a" + CtrlE)]
    [InlineData("'abd'" + Left + Left + Delete + "c")]
    [InlineData("'abd'" + Left + Left + Terminal.CtrlD + "c")]
    [InlineData("'abX'" + Left + Backspace + "c")]
    [InlineData("'abc'x" + Left + CtrlK)]
    [InlineData("nonsense" + CtrlU + "'abc'")]
    [InlineData("'abc' nonsense " + CtrlW)]
    [InlineData("'ab" + CtrlL + "c'")]
    // Alt and a letter, which is no letter.
    [InlineData("'ab" + "\eb\ef\ed" + "c'")]
    [InlineData("'äöü' -replace 'äöü', 'abcü'" + Left + Backspace)]
    [InlineData("'ab日😀c'" + Left + Left + Backspace + Backspace)]
    [InlineData("'日😀abc'" + Home + Right + Delete + Delete)]
    public void The_line_runs_as_the_keys_made_it(string keys)
    {
        using var shell = new PromptShell();

        shell.Terminal.Type(keys + "\n");

        shell.Terminal.WaitFor("\nabc\n");
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Up_and_Down_go_through_the_lines_before_and_back_to_what_was_typed()
    {
        using var shell = new PromptShell();
        shell.Run("'on' + 'e'");
        shell.Run("'tw' + 'o'");

        shell.Terminal.Type(Up + Up + Up + "\n");
        shell.Terminal.WaitFor("\none\n");
        shell.Terminal.Type("'dra" + Up + Up + Down + Down + "ft' + '!'\n");
        shell.Terminal.WaitFor("\ndraft!\n");
        shell.Terminal.Type(Up + Up + Up + "\n");

        shell.Terminal.WaitFor("\ntwo\n");
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Tab_completes_what_is_clear_and_lists_at_the_second_press_what_is_not()
    {
        using var shell = new PromptShell();

        shell.Terminal.Type("get-ipcs\t");
        shell.Terminal.WaitFor("Get-IpcSemaphore");
        shell.Terminal.Type(" -St\t");
        shell.Terminal.WaitFor("-Status");
        shell.Terminal.Type(" O\t | ForEach-Object 1" + CtrlU + "Remove-Ipc\t");
        shell.Terminal.WaitFor("\a");
        shell.Terminal.Type("\t");
        shell.Terminal.WaitFor("\nRemove-IpcLimitPersistence");
        shell.Terminal.WaitFor("Remove-IpcSemaphore");

        // The line is there again, and goes on.
        shell.Terminal.WaitFor("\nipcsh> Remove-Ipc");
        shell.Terminal.Type("S\t 4711\n");
        shell.Terminal.WaitFor("no semaphore set with the id 4711");
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Tab_knows_the_lines_before_and_indents_an_empty_one()
    {
        using var shell = new PromptShell();
        shell.Terminal.Type("if ($totality = 'abc') {\n");
        shell.Terminal.WaitFor(">> ");
        shell.Terminal.Type("\t$tota\t\n");
        shell.Terminal.WaitFor("$totality\n>> ");
        shell.Terminal.Type("}\n");

        shell.Terminal.WaitFor("\nabc\n");
    }

    // Narrow: 20 columns. The rows are those that a terminal makes of it.
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_line_longer_than_the_terminal_is_edited_over_its_rows()
    {
        using var shell = new PromptShell(columns: 20);

        shell.Terminal.Type("'0123456789012345678901234567890' -replace '\\d'" + Home + Right + "a" + End + ", 'b'\n");

        shell.Terminal.WaitFor("\nabbbbbbbbbbbbbbbbbbb");
        // From the end, in the third row, to the begin behind the prompt: two rows up.
        Assert.Contains("\e[2A", shell.Terminal.Raw, StringComparison.Ordinal);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Answers_are_no_statements_to_recall() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var shell = new PromptShell();
        shell.Terminal.Type($"Remove-IpcSemaphore {id} -Force -Confirm\n");
        shell.Terminal.WaitFor("(default is \"Y\"): ");
        shell.Terminal.Type("x" + Backspace + "n\n");
        shell.Terminal.WaitFor(PromptShell.Prompt);

        shell.Terminal.Type(Up);

        shell.Terminal.WaitFor($"Remove-IpcSemaphore {id} -Force -Confirm");
        Assert.Equal([id], KernelSets.Ids());
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void What_runs_has_the_terminal_to_itself()
    {
        using var shell = new PromptShell();

        shell.Terminal.Type("/bin/sh -c 'read x; echo got $x'\n");
        Thread.Sleep(500);
        shell.Terminal.Type("abc\n");

        shell.Terminal.WaitFor("\ngot abc\n");
        shell.AssertAlive();
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_terminal_that_can_move_no_cursor_gets_plain_lines()
    {
        using var shell = new PromptShell(new ShellSetting { Variables = new Dictionary<string, string> { ["TERM"] = "dumb" } });

        shell.AssertAlive();

        Assert.DoesNotContain('\e', shell.Terminal.Raw);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Without_any_input_it_ends()
    {
        var run = ShellProcess.Run("-c", $"/bin/sh -c 'timeout 30 dotnet \"$0\" <&-; echo ended $?' '{ModuleFolder.Shell}'").Clean();

        Assert.Equal("ended 0\n", run.Output);
    }
}
