using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>The picture in the README, and what draws it.</summary>
public class PictureTests
{
    private static readonly string s_sources = Path.Combine(ModuleFolder.Root, "..");

    [Fact]
    public void It_shows_the_session_of_the_README()
    {
        var lines = Lines(XDocument.Load(Path.Combine(s_sources, "docs/terminal.svg")));

        var prompts = Array.FindAll(lines, line => line.StartsWith("PS>", StringComparison.Ordinal));
        Assert.Collection(
            prompts,
            line => Assert.Equal("PS> Get-IpcLimit -Resource Semaphore", line),
            line => Assert.Equal("PS> Get-IpcSemaphore", line),
            line => Assert.Matches("^PS> Get-IpcSemaphore -Owner [^ ]+ \\| Remove-IpcSemaphore$", line),
            line => Assert.Equal("PS> Get-IpcLimit SEMMNI", line),
            line => Assert.Equal("PS>", line)
        );
        string[] Answer(int prompt) =>
            lines[(Array.IndexOf(lines, prompts[prompt]) + 1)..Array.LastIndexOf(lines, prompts[prompt + 1])];
        Assert.Single(
            Answer(0),
            line => line.StartsWith("SEMMNI 6 6 [##########] 100 % Exhausted ", StringComparison.Ordinal)
        );
        Assert.Equal(6, Answer(1).Count(line => line.Contains(" Orphaned ", StringComparison.Ordinal)));
        Assert.Empty(Answer(2));
        Assert.Single(Answer(3), line => line.StartsWith("SEMMNI 6 0 [----------] 0 % Ok ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_screen_with_colours_becomes_a_picture_with_its_text()
    {
        var drawn = Draw("PS> \e[93mGet-It\e[39m \e[90m-Name\e[m …  a<b>&c\n\n\e[32;1mName  \e[0m x\n\e[0m   \n\n");

        var texts = Texts(drawn).ToArray();
        Assert.Equal(["PS> Get-It -Name … a<b>&c", "Name x"], Lines(drawn));
        // Each with its colour, at its place: 8.4 wide and 18 high, in a margin.
        Assert.Equal(
            [
                ("PS>", "12.0", "26.0", "#d8dee9", null),
                ("Get-It", "45.6", "26.0", "#ffd866", null),
                ("-Name", "104.4", "26.0", "#7f8c98", null),
                ("…", "154.8", "26.0", "#d8dee9", null),
                ("a<b>&c", "180.0", "26.0", "#d8dee9", null),
                ("Name", "12.0", "62.0", "#7ec96f", "bold"),
                ("x", "70.8", "62.0", "#d8dee9", null),
            ],
            texts.Select(text =>
                (
                    text.Value,
                    text.Attribute("x")!.Value,
                    text.Attribute("y")!.Value,
                    text.Attribute("fill")!.Value,
                    text.Attribute("font-weight")?.Value
                )
            )
        );
        // Blank lines at the end are not part of it.
        Assert.Equal("78", drawn.Root!.Attribute("height")!.Value);
    }

    // As examples/picture.sh calls it.
    private static XDocument Draw(string screen)
    {
        var start = new ProcessStartInfo("perl", [Path.Combine(s_sources, "examples/svg.pl")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var perl = Process.Start(start)!;
        var said = perl.StandardOutput.ReadToEndAsync();
        perl.StandardInput.Write(screen);
        perl.StandardInput.Close();
        Assert.True(said.Wait(Wait.Patience) && perl.WaitForExit(Wait.Patience), "perl didn't end.");
        Assert.Equal(0, perl.ExitCode);
        return XDocument.Parse(said.Result);
    }

    private static IEnumerable<XElement> Texts(XDocument picture)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(svg + "svg", picture.Root!.Name);
        return picture.Root.Elements(svg + "text");
    }

    /// <summary>The lines that are not empty; what is between two texts of a line counts as one blank.</summary>
    private static string[] Lines(XDocument picture) =>
        [
            .. Texts(picture)
                .GroupBy(text => double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture))
                .OrderBy(line => line.Key)
                .Select(line => string.Join(' ', line.Select(text => text.Value))),
        ];
}
