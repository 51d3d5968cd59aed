using System.Globalization;
using System.Xml.Linq;

namespace PSSysVIpc.Pester;

/// <summary>How one Pester test ended.</summary>
/// <param name="Name">What it is called, with the file it stands in.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Failure">Pester's message when it failed.</param>
/// <param name="Place">Where it failed: file and line.</param>
/// <param name="SkipReason">Why it was skipped, when it was.</param>
internal sealed record PesterResult(
    string Name,
    decimal Seconds = 0,
    string? Failure = null,
    string Place = "",
    string? SkipReason = null
)
{
    /// <summary>Reads what Pester writes in NUnit's format.</summary>
    internal static IEnumerable<PesterResult> ReadAll(string path) =>
        XDocument.Load(path).Descendants("test-case").Select(Read);

    private static PesterResult Read(XElement test)
    {
        var file = test.Ancestors("test-suite")
            .Select(suite => (string?)suite.Attribute("name"))
            .Last(name => name?.EndsWith(".Tests.ps1", StringComparison.Ordinal) == true)!;
        var name = $"{Path.GetFileName(file)}: {(string)test.Attribute("name")!}";
        var seconds = decimal.Parse((string?)test.Attribute("time") ?? "0", CultureInfo.InvariantCulture);
        var reason = test.Element("reason")?.Element("message")?.Value;
        return (string)test.Attribute("result")! switch
        {
            "Success" => new PesterResult(name, seconds),
            "Ignored" or "Skipped" or "NotRunnable" or "Inconclusive" => new PesterResult(
                name,
                seconds,
                SkipReason: reason ?? "no reason was given"
            ),
            _ => new PesterResult(
                name,
                seconds,
                test.Element("failure")?.Element("message")?.Value ?? reason ?? "It failed.",
                test.Element("failure")?.Element("stack-trace")?.Value ?? ""
            ),
        };
    }
}
