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
        var others = Elements(Find(command, parameter)).OfType<ConstantExpressionAst>().ToList();
        if (
            others.FindLastIndex(value => TypedWord.Read(value.Extent.Text) == TypedWord.Read(word))
            is >= 0
                and var here
        )
            others.RemoveAt(here);
        return others.Select(value => value.Value);
    }

    // Behind a comma nothing stands yet: to the parser that is an error with the list in it.
    private static IEnumerable<Ast> Elements(Ast? list) =>
        list switch
        {
            ArrayLiteralAst array => array.Elements,
            ErrorExpressionAst { NestedAst: { } parts } => parts.SelectMany(Elements),
            { } one => [one],
            null => [],
        };

    private static CommandElementAst? Find(CommandAst? command, string parameter)
    {
        try
        {
            return
                command is not null
                && StaticParameterBinder
                    .BindCommand(command, resolve: true)
                    .BoundParameters.TryGetValue(parameter, out var bound)
                ? bound.Value
                : null;
        }
#pragma warning disable CA1031 // The engine's binder fails on some lines that are not whole yet (-Status -Id).
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
