using System.Collections;
using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// Converts an argument, or each element of a list, before PowerShell's own conversion sees it. One bad element, or
/// an empty list, refuses the whole argument.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class ElementwiseArgumentAttribute : ArgumentTransformationAttribute
{
    private protected ElementwiseArgumentAttribute() { }

    /// <summary>Converts the argument.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What the user gave: one value or a list of them.</param>
    /// <returns>The converted value, or an array of them.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">A value is not good, or the list is empty.</exception>
    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            var value = WholeNumber.Unwrap(inputData);
            if (value is not IEnumerable list || value is string or IDictionary)
                return Convert(value);
            object[] elements = [.. list.Cast<object?>().Select(Convert)];
            return elements.Length > 0 ? elements : throw new FormatException("The list is empty.");
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <exception cref="FormatException">The value is not good; the message says why and what would be.</exception>
    private protected abstract object Convert(object? value);
}
