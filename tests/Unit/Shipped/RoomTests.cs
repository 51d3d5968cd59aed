using PSSysVIpc.Tests.Support;
using Xunit.Abstractions;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>Each room of the module uses only those above it.</summary>
public class RoomTests(ITestOutputHelper output)
{
    private static readonly string[] s_rooms =
    [
        "Errors",
        "Native",
        "Accounts",
        "Processes",
        "Ipc",
        "Status",
        "Objects",
        "Kinds",
        "Boot",
        "Limits",
        "Commands",
    ];

    private static readonly string s_root = Path.GetFullPath(Path.Combine(ModuleFolder.Root, ".."));
    private static readonly string s_sources = Path.Combine(s_root, "src/PSSysVIpc");

    [Fact]
    public void Every_room_uses_only_rooms_above_it_and_the_table_of_who_uses_whom_is_that_of_the_docs()
    {
        Assert.Equal(
            s_rooms.Order(),
            Directory.GetDirectories(s_sources).Select(path => Path.GetFileName(path)!).Order()
        );

        var uses = RoomUses.Find(Sources());
        var table = string.Concat(s_rooms.Select(room => Row(room, uses)));
        output.WriteLine(table);

        Assert.Empty(Backwards(uses));
        Assert.Contains(
            table,
            File.ReadAllText(Path.Combine(s_root, "docs/architecture.md")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("internal static class Late { internal static string Word => IpcStatus.InUse; }")]
    [InlineData("internal static class Late { internal static Status.Verdict? Verdict => null; }")]
    [InlineData("internal static class Late { internal static object New() => new Kinds.SemaphoreKind(null!); }")]
    public void A_use_of_a_room_below_is_found_also_where_only_a_constant_is_used(string code)
    {
        const string file = "Native/Late.cs";
        var text = $"using PSSysVIpc.Status;\nnamespace PSSysVIpc.Native;\n{code}";

        var found = Backwards(RoomUses.Find([.. Sources(), (file, text)], only: file));

        Assert.NotEmpty(found);
        Assert.All(found, use => Assert.StartsWith($"{file}:3 ", use, StringComparison.Ordinal));
    }

    private static IEnumerable<(string, string)> Sources() =>
        Directory
            .EnumerateFiles(s_sources, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(s_sources, path), File.ReadAllText(path)));

    private static string[] Backwards(IEnumerable<RoomUse> uses) =>
        [.. uses.Where(use => Place(use.To) > Place(use.From)).Select(use => $"{use.Place} of {use.To}")];

    private static int Place(string room) => Array.IndexOf(s_rooms, room);

    private static string Row(string room, List<RoomUse> uses)
    {
        var used = s_rooms.Where(other => uses.Exists(use => use.From == room && use.To == other));
        return $"    {room, -12}{string.Join(", ", used)}".TrimEnd() + "\n";
    }
}
