using OrleansBilling.Console.Tests.Harness;
using Xunit.Sdk;
using Xunit.v3;

// One browser for all. One test at a time, because some measure how long a change takes to be seen.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: Parallelization(Mode = ParallelMode.None)]
