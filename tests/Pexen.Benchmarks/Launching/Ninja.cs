using System.Text;
using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Launching;

internal sealed class Ninja(string directory) : BuildTool(directory)
{
    public override string Name => "ninja -j2";

    protected override void WriteRules(int count)
    {
        var rules = new StringBuilder("rule launch\n  command = /bin/true\n");
        for (int i = 0; i < count; i++)
        {
            rules.Append($"build n{i}: launch\n");
        }

        File.WriteAllText(Path.Combine(Directory, "build.ninja"), rules.ToString());
    }

    protected override ChildProcess Run() => ChildProcess.Run(Directory, "ninja", $"-j{Width}", "--quiet");
}
