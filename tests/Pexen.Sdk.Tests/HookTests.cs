using System.Xml.Linq;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

[TestClass]
public sealed class HookTests
{
    [TestMethod]
    public void Reference_NamesTheTargetsThatPhasesHangOn()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reference.md"));
        var targets = XDocument.Load(Path.Combine(Repository.Root, "src", "Pexen.Sdk", "build", "Pexen.Hooks.targets"));
        foreach (XElement target in targets.Descendants("Target").Where(target => target.Descendants("RunUnits").Any()))
        {
            string name = $"`{target.Attribute("Name")!.Value}`";
            string line = lines.FirstOrDefault(line => line.Contains(name, StringComparison.Ordinal)) ?? "";
            string hooked = $"{target.Attribute("BeforeTargets")?.Value};{target.Attribute("AfterTargets")?.Value}".Trim(';');
            foreach (string one in hooked.Split(';'))
            {
                Assert.Contains($"`{one}`", line, $"docs/reference.md, {name}");
            }
        }
    }
}
