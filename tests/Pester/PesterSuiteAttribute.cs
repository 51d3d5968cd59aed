using Xunit.Abstractions;
using Xunit.Sdk;

namespace PSSysVIpc.Pester;

/// <summary>Marks the method that stands for the Pester suite.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PSSysVIpc.Pester." + nameof(PesterSuiteDiscoverer), "PSSysVIpc.Pester")]
internal sealed class PesterSuiteAttribute : FactAttribute;

/// <summary>Finds it for xunit.</summary>
/// <param name="sink">Where xunit hears of trouble.</param>
public sealed class PesterSuiteDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) => [new PesterTestCase(sink, testMethod)];
}
