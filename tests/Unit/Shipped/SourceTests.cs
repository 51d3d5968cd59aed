using System.Globalization;
using System.Text.RegularExpressions;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>What the compiler doesn't look at.</summary>
public partial class SourceTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(ModuleFolder.Root, ".."));

    [Fact]
    public void No_line_of_the_sources_is_longer_than_editorconfig_says()
    {
        var most = int.Parse(
            LongestLine().Match(File.ReadAllText(Path.Combine(s_root, ".editorconfig"))).Groups[1].Value,
            CultureInfo.InvariantCulture
        );
        var files = new[] { "src", "tests", "tools" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories)
            )
            .ToList();

        Assert.NotEmpty(files);
        Assert.Empty(
            files.SelectMany(file =>
                File.ReadLines(file)
                    .Select((line, number) => (Line: line, Place: $"{file}:{number + 1}"))
                    .Where(entry => entry.Line.Length > most)
                    .Select(entry => entry.Place)
            )
        );
    }

    [GeneratedRegex(@"^max_line_length = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex LongestLine();
}
