using BenchmarkDotNet.Running;
using OrleansBilling.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, new ShortRuns());
