using BenchmarkDotNet.Running;
using PSSysVIpc.Inner;

BenchmarkRunner.Run<ListingParts>(args: args);
