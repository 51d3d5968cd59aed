using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PSSysVIpc.HelpGen;

/// <summary>Turns the Markdown of an about topic into the text that Get-Help shows as it is.</summary>
internal sealed class TopicWriter
{
    private const int Width = 76;
    private const int Indent = 4;
    private readonly StringBuilder _text = new();

    /// <param name="path">The Markdown file.</param>
    /// <param name="faults">Gets what is wrong with its form.</param>
    /// <param name="mentions">Gets what stands in it as code.</param>
    internal static string Write(string path, List<HelpFault> faults, List<HelpEntry> mentions)
    {
        var writer = new TopicWriter();
        var document = Markdown.Parse(File.ReadAllText(path));
        foreach (var block in document)
        {
            if (!writer.Take(block))
                faults.Add(new HelpFault(path, block.Line + 1, $"A topic can't show a '{block.GetType().Name}'."));
        }

        var text = writer._text.ToString();
        if (!text.StartsWith($"TOPIC\n    {Path.GetFileNameWithoutExtension(path)}\n", StringComparison.Ordinal))
            faults.Add(new HelpFault(path, 1, "The first heading is not the file's name."));
        if (!text.Contains("\nSHORT DESCRIPTION\n", StringComparison.Ordinal))
            faults.Add(new HelpFault(path, 1, "'Short description' is missing."));
        if (text.Split('\n').FirstOrDefault(line => line.Length > Width + Indent) is { } wide)
            faults.Add(
                new HelpFault(path, 1, $"Too wide for a terminal of {Width + Indent} columns: '{wide.Trim()}'.")
            );
        mentions.AddRange(
            document.Descendants<CodeInline>().Select(code => new HelpEntry(code.Content, code.Line + 1))
        );
        // Line by line: beside what is typed there may stand what a program says.
        mentions.AddRange(
            document
                .Descendants<CodeBlock>()
                .SelectMany(code =>
                    code.Lines.ToString()
                        .Split('\n')
                        .Select((line, index) => new HelpEntry(line, code.Line + 1 + index))
                )
        );
        return text;
    }

    private bool Take(Block block)
    {
        switch (block)
        {
            case HeadingBlock { Level: 1 } heading:
                Head("TOPIC\n    ", PlainText.Of(heading.Inline));
                return true;
            case HeadingBlock { Level: 2 } heading:
                Head("\n", PlainText.Of(heading.Inline).ToUpperInvariant());
                return true;
            case HeadingBlock { Level: 3 } heading:
                Head("\n  ", PlainText.Of(heading.Inline));
                return true;
            case ParagraphBlock paragraph:
                Separate();
                Add(PlainText.Of(paragraph.Inline), "", "");
                return true;
            case CodeBlock code:
                Separate();
                foreach (var line in code.Lines.ToString().Split('\n'))
                    _text.Append($"        {line}".TrimEnd()).Append('\n');
                return true;
            case ListBlock list:
                Separate();
                foreach (var item in list.Cast<ListItemBlock>())
                    Add(
                        string.Join(
                            " ",
                            item.OfType<ParagraphBlock>().Select(paragraph => PlainText.Of(paragraph.Inline))
                        ),
                        "- ",
                        "  "
                    );
                return true;
            default:
                return false;
        }
    }

    private void Head(string lead, string text) => _text.Append(lead).Append(text).Append('\n');

    // An empty line between paragraphs, but none below a heading.
    private void Separate()
    {
        var lines = _text.ToString().Split('\n');
        if (lines.Length > 1 && lines[^2].StartsWith("    ", StringComparison.Ordinal))
            _text.Append('\n');
    }

    private void Add(string text, string first, string next)
    {
        var lead = first;
        foreach (var line in PlainText.Wrap(text, Width - Indent - first.Length))
        {
            _text.Append(' ', Indent).Append(lead).Append(line).Append('\n');
            lead = next;
        }
    }
}
