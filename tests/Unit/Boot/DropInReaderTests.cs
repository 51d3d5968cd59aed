using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>
/// Whatever others have written into our drop-in: the readers set what was set through us, and nothing of theirs is
/// lost.
/// </summary>
public sealed partial class DropInReaderTests : IDisposable
{
    private const int LongestFile = 1 << 19;

    private static readonly Dictionary<string, string> s_values = new()
    {
        ["kernel.sem"] = "20001 20002 20003 20004",
        ["kernel.shmmax"] = "20005",
        ["kernel.shmall"] = "20006",
        ["kernel.shmmni"] = "20007",
        ["kernel.msgmax"] = "20008",
        ["kernel.msgmnb"] = "20009",
        ["kernel.msgmni"] = "20010",
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_set_through_us_is_what_is_said_of_the_next_boot()
    {
        var root = _folder.PathOf("root");
        Directory.CreateDirectory(Path.GetDirectoryName(root + DropInFile.Path)!);
        foreach (var content in Contents())
        {
            File.WriteAllText(root + DropInFile.Path, content, Encoding.Latin1);
            DropInFile.Change(root, file => file.With(s_values));
            AssertSaid(content, root);
        }
    }

    [FactNeeding(Need.Root | Need.Systemd | Need.Procps)]
    public void What_was_set_through_us_is_what_Debians_readers_set() =>
        BootMachine.Run(_ =>
        {
            // A ninth of them takes seconds enough.
            foreach (var content in Contents().Where((_, i) => i % 9 == i / 9 % 9))
            {
                BootMachine.Lay(new BootCase("ours", "etc/60-pssysvipc.conf", content));
                DropInFile.Change("", file => file.With(s_values));
                AssertSaid(content, "");
                foreach (var reader in Enum.GetValues<BootReader>())
                {
                    var (values, output) = BootMachine.Boot(reader);
                    AssertOurs(LimitField.All.Select(field => values[field]), reader, content, output);
                }
            }
        });

    [Fact]
    public void What_others_wrote_stays()
    {
        foreach (var content in Contents())
        {
            var after = new DropIn(content).With(s_values).Content;
            Assert.True(OfOthers(content).SequenceEqual(OfOthers(after)), $"{content}\n->\n{after}");
        }
    }

    [Fact]
    public void What_others_wrote_stays_to_the_byte_where_something_is_taken_out()
    {
        foreach (var content in Contents())
        {
            var after = new DropIn(content).Without(s_values.Keys).Content;
            Assert.True(
                after.Length == 0 || OfNobodys(content).SequenceEqual(OfNobodys(after)),
                $"{content}\n->\n{after}"
            );
        }
    }

    [Fact]
    public void What_is_taken_out_is_set_by_patterns_at_most()
    {
        var root = _folder.PathOf("root");
        Directory.CreateDirectory(Path.GetDirectoryName(root + DropInFile.Path)!);
        foreach (var content in Contents())
        {
            File.WriteAllText(root + DropInFile.Path, content, Encoding.Latin1);
            DropInFile.Change(root, file => file.Without(s_values.Keys));
            var left = DropInFile.Read(root);
            Assert.Empty(left.Keys);
            foreach (var reader in Enum.GetValues<BootReader>())
            {
                var settings = BootSettings.Read(reader, root);
                var lines = LimitField
                    .All.Select(field => settings.Find(field.Sysctl, field.Field)?.Line)
                    .OfType<int>();
                Assert.All(
                    lines,
                    line =>
                        Assert.True(
                            left.Content.Split('\n')[line - 1].AsSpan().ContainsAny('*', '?', '['),
                            left.Content
                        )
                );
            }
        }
    }

    private static void AssertSaid(string content, string root)
    {
        foreach (var reader in Enum.GetValues<BootReader>())
        {
            var settings = BootSettings.Read(reader, root);
            AssertOurs(
                LimitField.All.Select(field =>
                    settings.Find(field.Sysctl, field.Field)?.Value is { } value
                        ? value.ToString(CultureInfo.InvariantCulture)
                        : ""
                ),
                reader,
                content
            );
        }
    }

    private static void AssertOurs(IEnumerable<string> values, BootReader reader, string content, string output = "") =>
        Assert.True(
            values.SequenceEqual(LimitField.All.Select(field => s_values[field.Sysctl].Split(' ')[field.Field])),
            $"{reader}: {string.Join(' ', values)}\n{content}\n{output}"
        );

    /// <summary>Lines of others in our file: below ours, above them, and alone.</summary>
    private static IEnumerable<string> Contents()
    {
        var ours = DropIn
            .Empty.With(
                s_values.ToDictionary(
                    pair => pair.Key,
                    pair => pair.Value.Replace("20", "10", StringComparison.Ordinal)
                )
            )
            .Content;
        var start = ours.IndexOf("kernel.", StringComparison.Ordinal);
        var random = new RandomBoots(3);
        return BootCases
            .All.Concat(Enumerable.Range(0, 200).Select(_ => random.Next()))
            .SelectMany(files => files.Files.Select(file => file.Content))
            .Where(text => !text.StartsWith("->", StringComparison.Ordinal) && text.Length < LongestFile)
            .Distinct()
            .SelectMany(text =>
                new[]
                {
                    ours + text,
                    ours[..start] + text + (text.EndsWith('\n') ? "" : "\n") + ours[start..],
                    ours[..start] + text,
                }
            );
    }

    private static IEnumerable<string> OfOthers(string content) =>
        content.Split('\n').Where(line => line.Length > 0 && !LineLikeOurs().IsMatch(line));

    /// <summary>The pieces that name none of these sysctls to any reader.</summary>
    private static IEnumerable<string> OfNobodys(string content) =>
        content.Split('\n', '\r', '\0').Where(piece => piece.Length > 0 && new DropIn(piece).Keys.Count == 0);

    [GeneratedRegex(@"^kernel\.\w+ = [-0-9 ]*\s*$")]
    private static partial Regex LineLikeOurs();
}
