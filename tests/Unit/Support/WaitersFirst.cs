using Xunit.Abstractions;

[assembly: TestCollectionOrderer("PSSysVIpc.Tests.Support.WaitersFirst", "PSSysVIpc.Tests")]

namespace PSSysVIpc.Tests.Support;

/// <summary>
/// Begins with the tests of Apache, which wait for a minute or half of one: as the last ones they would be alone.
/// </summary>
public sealed class WaitersFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
            collection.DisplayName.Contains(".Apache.", StringComparison.Ordinal) ? 0 : 1
        );
}
