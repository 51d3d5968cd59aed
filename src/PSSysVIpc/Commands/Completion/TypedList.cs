using System.Management.Automation.Language;

namespace PSSysVIpc.Commands;

/// <summary>The list at the cursor, of which one word is completed.</summary>
internal static class TypedList
{
    /// <summary>What stands in it beside that word: nobody wants it twice.</summary>
    /// <param name="command">What was typed.</param>
    /// <param name="parameter">The parameter that the list is for.</param>
    /// <param name="word">The word at the cursor; empty behind a comma.</param>
    /// <returns>The values, of what is known before the line runs.</returns>
    internal static IEnumerable<object?> Others(CommandAst? command, string parameter, string? word)
    {
        var values =
            Find(command, parameter)?.FindAll(part => part is ConstantExpressionAst, searchNestedScriptBlocks: false)
            ?? [];
        var others = values.Cast<ConstantExpressionAst>().ToList();
        if (
            others.FindLastIndex(value => TypedWord.Read(value.Extent.Text) == TypedWord.Read(word))
            is >= 0
                and var here
        )
            others.RemoveAt(here);
        return others.Select(value => value.Value);
    }

    private static Ast? Find(CommandAst? command, string parameter)
    {
        if (command?.CommandElements is not { } elements)
            return null;
        for (var place = 1; place < elements.Count; place++)
        {
            if (
                elements[place] is CommandParameterAst named
                && parameter.StartsWith(named.ParameterName, StringComparison.OrdinalIgnoreCase)
            )
                return named.Argument ?? elements.ElementAtOrDefault(place + 1);
        }

        // By its position it comes first, as all that are completed do.
        return elements.ElementAtOrDefault(1) is { } first and not CommandParameterAst ? first : null;
    }
}
