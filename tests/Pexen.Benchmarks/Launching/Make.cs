using System.Text;
using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Launching;

/// <summary>Starts simple commands without a shell, unlike ninja.</summary>
internal sealed class Make(string directory) : BuildTool(directory)
{
    public override string Name => "make -j2";

    protected override void WriteRules(int count)
    {
        string all = string.Join(' ', Enumerable.Range(0, count).Select(i => $"n{i}"));
        File.WriteAllText(Path.Combine(Directory, "Makefile"), new StringBuilder($"all: {all}\n{all}:\n\t@/bin/true\n").ToString());
    }

    protected override ChildProcess Run() => ChildProcess.Run(Directory, "make", $"-j{Width}", "-r", "-s");
}
