using System.Net;
using System.Net.Sockets;
using Pexen.Execution.Dispatching.Probes;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>How it is found out that a service is ready.</summary>
[TestClass]
public sealed class ProbeTests
{
    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("::1")]
    public void SomethingTakesConnections_ThePortIsReadyAndWasNotBefore(string address)
    {
        if (address == "::1" && !Socket.OSSupportsIPv6)
        {
            Assert.Inconclusive("there is no IPv6 here");
        }

        using var first = new TcpListener(IPAddress.Parse(address), 0);
        first.Start();
        int port = ((IPEndPoint)first.LocalEndpoint).Port;
        first.Stop();
        var probe = new PortProbe(port);
        Assert.IsFalse(probe.Ask());
        Assert.IsFalse(probe.Ask());

        using var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();

        Assert.IsTrue(SpinWait.SpinUntil(probe.Ask, TimeSpan.FromSeconds(20)));
        probe.Close();
    }

    [TestMethod]
    public void LinesComeInPieces_OnlyAWholeLineMatches()
    {
        using TemporaryFolder folder = new();
        string log = folder.Inside("log");
        var probe = new OutputProbe(log, "^ready [0-9]+$");
        Assert.IsFalse(probe.Ask());
        foreach (string text in new[] { "not ready 1\nrea", "dy 12 or so\n", "ready" })
        {
            File.AppendAllText(log, text);
            Assert.IsFalse(probe.Ask(), text);
        }

        File.AppendAllText(log, " 34\r\nmore");

        Assert.IsTrue(probe.Ask());
        probe.Close();
    }

    [TestMethod]
    public void PromptHasNoEnd_ItMatchesWhenNothingFollows()
    {
        using TemporaryFolder folder = new();
        string log = folder.Inside("log");
        var probe = new OutputProbe(log, "^ready");
        File.WriteAllText(log, "ready> ");

        Assert.IsFalse(probe.Ask());
        Assert.IsTrue(probe.Ask());
        probe.Close();
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void ExpressionThatOthersGoBackInForEver_IsAnsweredAtOnce()
    {
        using TemporaryFolder folder = new();
        string log = folder.Inside("log");
        File.WriteAllText(log, new string('a', 50_000) + "!\n");
        var probe = new OutputProbe(log, "^(a+)+$");

        Assert.IsFalse(probe.Ask());
        probe.Close();
    }
}
