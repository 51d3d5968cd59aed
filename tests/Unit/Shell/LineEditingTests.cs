using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The keys of the prompt. What runs is what counts: $Error or a value tells which line the shell got.</summary>
public class LineEditingTests
{
    private const string Left = "\e[D", Right = "\e[C", Up = "\e[A", Down = "\e[B", Home = "\e[H", End = "\e[F", Delete = "\e[3~", Backspace = "\u007f";
    private const string CtrlA = "\u0001", CtrlB = "\u0002", CtrlE = "\u0005", CtrlF = "\u0006", CtrlK = "\u000b", CtrlL = "\u000c";
    private const string CtrlN = "\u000e", CtrlP = "\u0010", CtrlU = "\u0015", CtrlW = "\u0017";

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("'ac'" + Left + Left + "b")]
    [InlineData("ab'" + Home + "'" + End + Backspace + "c'")]
    [InlineData("bc'" + CtrlA + "'a" + CtrlE)]
    [InlineData("'ac'" + CtrlB + CtrlB + "b")]
    [InlineData("'bc'" + Home + CtrlF + "a")]
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

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData(Up, Down)]
    [InlineData(CtrlP, CtrlN)]
    public void Up_and_Down_go_through_the_lines_before_and_back_to_what_was_typed(string up, string down)
    {
        using var shell = new PromptShell();
        shell.Run("'on' + 'e'");
        shell.Run("'tw' + 'o'");

        shell.Terminal.Type(up + up + up + "\n");
        shell.Terminal.WaitFor("\none\n" + PromptShell.Prompt);
        shell.Terminal.Type("'dra" + up + up + down + down + "ft' + '!'\n");
        shell.Terminal.WaitFor("\ndraft!\n" + PromptShell.Prompt);
        shell.Terminal.Type(up + up + up + "\n");

        shell.Terminal.WaitFor("\ntwo\n");
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_line_entered_twice_is_one_line_to_go_back()
    {
        using var shell = new PromptShell();
        shell.Run("'on' + 'e'");
        shell.Run("'tw' + 'o'");
        shell.Run("'tw' + 'o'");
        // An empty line is none.
        shell.Run("");

        shell.Terminal.Type(Up + Up + "\n");

        shell.Terminal.WaitFor("\none\n");
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Tab_completes_as_far_as_all_that_fits_is_the_same_in_any_case()
    {
        using var shell = new PromptShell();
        shell.Run("$Kappa1 = 'the ' + 'first'; $kappa2 = 'the second'");

        shell.Terminal.Type("$ka\t1\n");

        shell.Terminal.WaitFor("\nthe first\n");
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

    // 5 rows of 24 columns: 2 rows with 3 names each, between the line, the number of the others, and the line again.
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void The_list_takes_no_more_rows_than_the_screen_has()
    {
        using var shell = new PromptShell(columns: 24, rows: 5);
        shell.Terminal.Type("$many1=$many2=$many3=$many4=$many5=$many6=$many7=$many8=1\n");
        shell.Terminal.WaitFor(PromptShell.Prompt);

        shell.Terminal.Type(CtrlL + "$many\t\t");

        shell.WaitForScreen("""
            ipcsh> $many
            many1  many2  many3
            many4  many5  many6
            (2 more)
            ipcsh> $many|
            """);
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

    // 20 columns: the prompt leaves 13 of the first row. Wide letters stand there twice, as they take two cells.
    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("ac" + Left + "b", "ipcsh> ab|c")]
    [InlineData("abcd" + Left + Backspace, "ipcsh> ab|d")]
    [InlineData("0123456789012345678" + Home + Delete + End + CtrlW, "ipcsh> |")]
    [InlineData("日本" + Left, "ipcsh> 日日|本本")]
    [InlineData("a日😀b" + Left + Left + Backspace, "ipcsh> a|😀😀b")]
    // The last column is filled: what comes next stands in the next row, and so does the cursor.
    [InlineData("0123456789012", "ipcsh> 0123456789012\n|")]
    [InlineData("123456789012" + Home + "0", "ipcsh> 0|123456789012")]
    [InlineData("01234567890123" + Backspace + Left, "ipcsh> 012345678901|2")]
    // A wide letter doesn't fit into the last column, and leaves it empty.
    [InlineData("012345678901日" + Left + Left + Right + Right, "ipcsh> 012345678901\n日日|")]
    [InlineData("012345678901b" + Left + "日", "ipcsh> 012345678901\n日日|b")]
    public void The_screen_shows_the_line_and_the_cursor_where_they_are(string keys, string expected)
    {
        using var shell = new PromptShell(columns: 20);

        shell.Terminal.Type(CtrlL + keys);

        shell.WaitForScreen(expected);
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

        shell.Terminal.WaitFor("\ngot abc\n" + PromptShell.Prompt);
        shell.AssertAlive();
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_terminal_that_can_move_no_cursor_gets_plain_lines()
    {
        using var shell = new PromptShell(new ShellSetting { Variables = new Dictionary<string, string> { ["TERM"] = "dumb" } });

        // The terminal deletes the line itself; the editor would move the cursor.
        shell.Terminal.Type("nonsense" + CtrlU + "6 * 7\n");

        shell.Terminal.WaitFor("\n42\n");
        Assert.DoesNotContain('\e', shell.Terminal.Raw);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Without_any_input_it_ends()
    {
        var run = ShellProcess.Run("-c", $"/bin/sh -c 'timeout 30 dotnet \"$0\" <&-; echo ended $?' '{ModuleFolder.Shell}'").Clean();

        Assert.Equal("ended 0\n", run.Output);
    }
}
