using System.Text.Json;

namespace PSSysVIpc.HelpGen;

/// <summary>
/// The examples of all pages for the tests, which run them: so that Markdown is read in one place alone.
/// </summary>
internal static class ExampleList
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    internal static string Write(IEnumerable<HelpPage> pages) =>
        JsonSerializer.Serialize(
            pages.SelectMany(page =>
                page.Examples.Select(
                    (example, index) =>
                        new
                        {
                            Name = $"{page.Name} {index + 1}",
                            example.Title,
                            example.Statements,
                            example.Output,
                            example.Scene,
                            example.NotRun,
                        }
                )
            ),
            s_options
        ) + "\n";
}
