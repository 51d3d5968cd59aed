using System.Text;
using Markdig.Syntax.Inlines;

namespace PSSysVIpc.HelpGen;

/// <summary>Markdown's inline parts as plain text, and its wrapping.</summary>
internal static class PlainText
{
    internal static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
            Append(text, inline);
        return text.ToString().Trim();
    }

    /// <summary>Breaks at blanks, so that no line is longer than the width unless one word is.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }

        yield return line.ToString();
    }

    private static void Append(StringBuilder text, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content);
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded);
                break;
            case ContainerInline container:
                foreach (var part in container)
                    Append(text, part);
                break;
            default:
                throw new NotSupportedException($"Help can't show this Markdown: {inline.GetType().Name}.");
        }
    }
}
