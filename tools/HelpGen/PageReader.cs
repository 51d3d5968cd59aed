using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PSSysVIpc.HelpGen;

/// <summary>Reads a cmdlet's page: a first heading with its name, and sections of fixed names.</summary>
internal sealed class PageReader
{
    private readonly HelpPage _page;
    private readonly List<HelpFault> _faults;
    private string _section = "";
    private HelpEntry? _entry;
    private HelpExample? _example;

    private PageReader(HelpPage page, List<HelpFault> faults) => (_page, _faults) = (page, faults);

    /// <param name="path">The Markdown file.</param>
    /// <param name="faults">Gets what is wrong with its form.</param>
    internal static HelpPage Read(string path, List<HelpFault> faults)
    {
        var document = Markdown.Parse(File.ReadAllText(path));
        var title = document.OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1);
        var page = new HelpPage(path, PlainText.Of(title?.Inline));
        if (page.Name != Path.GetFileNameWithoutExtension(path))
            faults.Add(new HelpFault(path, 1, $"The first heading is '{page.Name}' and not the file's name."));
        var reader = new PageReader(page, faults);
        foreach (var block in document)
            reader.Take(block);
        foreach (var code in document.Descendants<CodeInline>())
            page.Mentions.Add(new HelpEntry(code.Content, code.Line + 1));
        return page;
    }

    private void Take(Block block)
    {
        switch (block)
        {
            case HeadingBlock { Level: 1 }:
                break;
            case HeadingBlock { Level: 2 } heading:
                (_section, _entry, _example) = (PlainText.Of(heading.Inline), null, null);
                break;
            case HeadingBlock { Level: 3 } heading:
                Open(PlainText.Of(heading.Inline), heading.Line + 1);
                break;
            case HtmlBlock comment when _example is not null:
                Mark(_example, comment);
                break;
            case FencedCodeBlock screen when _example is { Screen: "" }:
                ScreenReader.Read(screen.Lines.ToString(), _example);
                break;
            case ParagraphBlock paragraph:
                Add(block, PlainText.Of(paragraph.Inline));
                break;
            case ListBlock list:
                foreach (var item in list.Cast<ListItemBlock>())
                    Add(
                        block,
                        "- "
                            + string.Join(
                                " ",
                                item.OfType<ParagraphBlock>().Select(paragraph => PlainText.Of(paragraph.Inline))
                            )
                    );
                break;
            default:
                Fault(block, $"'{block.GetType().Name}' has no place in '{_section}'.");
                break;
        }
    }

    private void Open(string name, int line)
    {
        switch (_section)
        {
            case "Parameters":
                _page.Parameters.Add(_entry = new HelpEntry(name.TrimStart('-'), line));
                break;
            case "Inputs":
                _page.Inputs.Add(_entry = new HelpEntry(name, line));
                break;
            case "Outputs":
                _page.Outputs.Add(_entry = new HelpEntry(name, line));
                break;
            case "Examples":
                _page.Examples.Add(_example = new HelpExample(name, line));
                break;
            case "Notes":
                _page.Notes.Add(name);
                break;
            default:
                _faults.Add(new HelpFault(_page.File, line, $"'{name}' has no place in '{_section}'."));
                break;
        }
    }

    private void Add(Block block, string text)
    {
        var paragraphs = _section switch
        {
            "Synopsis" => _page.Synopsis,
            "Description" => _page.Description,
            "Parameters" or "Inputs" or "Outputs" => _entry?.Text,
            "Notes" => _page.Notes,
            "Examples" => _example?.Remarks,
            "Related links" => _page.Links,
            _ => null,
        };
        if (paragraphs is null)
            Fault(block, $"Text without a place in '{_section}'.");
        else
            paragraphs.Add(text);
    }

    // <!-- scene: leftovers -->, <!-- not run: the reason -->
    private void Mark(HelpExample example, HtmlBlock comment)
    {
        var text = comment
            .Lines.ToString()
            .Replace("<!--", "", StringComparison.Ordinal)
            .Replace("-->", "", StringComparison.Ordinal)
            .Trim();
        if (text.StartsWith("scene: ", StringComparison.Ordinal))
            example.Scene = text["scene: ".Length..];
        else if (text.StartsWith("not run: ", StringComparison.Ordinal))
            example.NotRun = text["not run: ".Length..];
        else
            Fault(comment, $"'{text}' is no mark: 'scene: NAME' or 'not run: REASON'.");
    }

    private void Fault(Block block, string text) => _faults.Add(new HelpFault(_page.File, block.Line + 1, text));
}
