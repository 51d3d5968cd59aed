using Xunit.Abstractions;

[assembly: TestCollectionOrderer("PSSysVIpc.Tests.Support.LongestFirst", "PSSysVIpc.Tests")]

namespace PSSysVIpc.Tests.Support;

/// <summary>
/// Begins with the classes that take longest, as at the end they would be alone: those of Apache, which wait for a
/// minute or half of one, and then those with half a minute of work.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_order =
    [
        ".Apache.",
        ".CostTests",
        ".BuildTests",
        ".CultureTests",
        ".PwshToolTests",
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
        {
            var place = Array.FindIndex(
                s_order,
                part => collection.DisplayName.Contains(part, StringComparison.Ordinal)
            );
            return place < 0 ? s_order.Length : place;
        });
}
