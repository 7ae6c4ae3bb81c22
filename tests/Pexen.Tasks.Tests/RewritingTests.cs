using Pexen.Tasks.Reading;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace Pexen.Tasks.Tests;

[TestClass]
public sealed class RewritingTests
{
    [TestMethod]
    [DataRow("echo $(Nothing) end", "echo  end", "'$(Nothing)' became nothing", DisplayName = "an undefined property")]
    [DataRow("echo @(None)", "echo ", "'@(None)' became nothing", DisplayName = "an empty item list")]
    [DataRow("printf %41%42", "printf AB", "'%41' became 'A'|'%42' became 'B'", DisplayName = "characters as %xx")]
    [DataRow(@"grep a\b dir\file", "grep a/b dir/file", @"'\' became '/'|'\' became '/'", DisplayName = "backslashes")]
    [DataRow("echo $(A)$(B)", "echo ", "'$(A)$(B)' became nothing", DisplayName = "undefined properties side by side")]
    public void RewrittenText_IsNamed(string written, string evaluated, string expected) =>
        Assert.AreEqual(expected, string.Join('|', Rewriting.Differences(written, evaluated)));

    [TestMethod]
    [DataRow("echo $(Configuration)", "echo Debug", DisplayName = "a defined property")]
    [DataRow("echo %24HOME %3b %25", "echo $HOME ; %", DisplayName = "escapes of MSBuild's own characters")]
    [DataRow("date +%Y-%m-%d", "date +%Y-%m-%d", DisplayName = "a percent sign that is no escape")]
    [DataRow("echo $HOME ${x} a\\nb", "echo $HOME ${x} a\\nb", DisplayName = "what the shell means")]
    [DataRow("no doubt", "something else", DisplayName = "text from elsewhere")]
    public void FaithfulText_IsNoReasonToWarn(string written, string evaluated) =>
        Assert.IsEmpty(Rewriting.Differences(written, evaluated));
}
